"""A stand for tests: a separate process on a free port, for as long as it is needed."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[1]
SEED = "tests"
CLIENT_ID, CLIENT_SECRET = "edem", "quiet"
TOKEN = "quiet-token"  # of a stand that opens nothing real


@contextmanager
def running_stand(name: str, *options: str) -> Iterator[str]:
    """Start `python -m simulators.<name>`; give its address once it answers."""
    command = [sys.executable, "-m", f"simulators.{name}", *options]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=surroundings())  # noqa: S603
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        with httpx.Client(transport=httpx.HTTPTransport(retries=8)) as client:
            client.get(address)
        yield address
    finally:
        process.terminate()
        process.communicate(timeout=30)


@contextmanager
def running_bank(*options: str) -> Iterator[str]:
    with running_stand("bank_id", "--port=0", f"--seed={SEED}", *_who(), *options) as address:
        yield address


@contextmanager
def running_crypto_service(*options: str) -> Iterator[str]:
    serving = (f"--seed={SEED}", "serve", "--port=0", f"--token={TOKEN}", *options)
    with running_stand("crypto_service", *serving) as address:
        yield address


def _who() -> list[str]:
    return [f"--client-id={CLIENT_ID}", f"--client-secret={CLIENT_SECRET}"]


def surroundings() -> dict[str, str]:
    """The stands make certificates and signatures with the platform's own builders."""
    return {**os.environ, "PYTHONPATH": f"{ROOT}/src"}
