"""The real server of the bench: the same command as `./edem serve`, on a port of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile

from tools.demo.processes import web
from tools.gathered import gather_if_stale
from tools.places import ROOT
from tools.ports import free_port

_PATIENCE = 60.0
_running: dict[int, int] = {}
"""The server processes by their ports."""


@contextmanager
def front_door(database: str, *, workers: int = 1) -> Iterator[int]:
    """Yields the port once requests are taken; stops the server at the end."""
    port = free_port()
    surroundings = {**os.environ, "DATABASE_URL": database}
    gather_if_stale(surroundings)
    command = web(host="127.0.0.1", port=port, workers=workers)
    with TemporaryFile() as said:
        process = subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=said, stderr=said)
        try:
            with counted(port, process):
                yield wait_for_port(port, process)
        except BaseException:
            said.seek(0)
            sys.stderr.write(said.read()[-6000:].decode(errors="replace"))
            raise
        finally:
            stop(process)


@contextmanager
def counted(port: int, process: "subprocess.Popen[bytes]") -> Iterator[None]:
    """Meanwhile `seconds_of_servers` tells how long this server has worked."""
    _running[port] = process.pid
    try:
        yield
    finally:
        del _running[port]


def seconds_of_servers(port: int | None = None) -> float:
    """CPU time of the server processes that run now, or of the one on that port; 0.0 where the system does not tell."""
    if not Path("/proc").exists():
        return 0.0
    asked = list(_running.values()) if port is None else [_running[port]]
    return sum(_seconds_of(pid) for parent in asked for pid in [parent, *_children_of(parent)])


def _seconds_of(pid: int) -> float:
    facts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(facts[11]) + int(facts[12])) / os.sysconf("SC_CLK_TCK")


def _children_of(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def stop(process: "subprocess.Popen[bytes]") -> None:
    """A server that does not stop by itself is a finding; it is not left behind all the same."""
    process.terminate()
    try:
        process.wait(timeout=60)
    except subprocess.TimeoutExpired:
        for pid in [*_children_of(process.pid), process.pid]:
            os.kill(pid, signal.SIGKILL)
        raise


def wait_for_port(port: int, process: "subprocess.Popen[bytes]") -> int:
    until = time.monotonic() + _PATIENCE
    while process.poll() is None and time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return port
    raise SystemExit("The server did not start")
