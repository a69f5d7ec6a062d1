"""The stand for tests: a separate process on a free port, for as long as it is needed."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]
CLIENT_ID, CLIENT_SECRET = "edem", "quiet"


@contextmanager
def running_stand(*options: str) -> Iterator[str]:
    """Start `python -m simulators.id_gov_ua`; give its address once it answers."""
    who = ("--client-id", CLIENT_ID, "--client-secret", CLIENT_SECRET)
    command = [sys.executable, "-m", "simulators.id_gov_ua", "--port", "0", *who, *options]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own program
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        with httpx.Client(transport=httpx.HTTPTransport(retries=8)) as client:
            client.get(address)
        yield address
    finally:
        process.terminate()
        process.communicate(timeout=10)
