"""The real server of the bench: the same command as `./edem serve`, on a port of its own."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile

from tools.demo.processes import web
from tools.places import ROOT

_PATIENCE = 60.0


@contextmanager
def front_door(database: str, *, workers: int = 1) -> Iterator[int]:
    """Yields the port once requests are taken; stops the server at the end."""
    port = free_port()
    surroundings = {**os.environ, "DATABASE_URL": database}
    command = web(host="127.0.0.1", port=port, workers=workers)
    with TemporaryFile() as said:
        process = subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=said, stderr=said)
        try:
            if not wait_for_port(port, process):
                said.seek(0)
                raise SystemExit("The server did not start:\n" + said.read()[-4000:].decode(errors="replace"))
            yield port
        finally:
            process.terminate()
            process.wait(timeout=60)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_port(port: int, process: "subprocess.Popen[bytes]") -> bool:
    until = time.monotonic() + _PATIENCE
    while process.poll() is None and time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return True
    return False
