"""The stand as its users meet it: a separate process on a real port."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[3]


@contextmanager
def running_stand(*options: str) -> Iterator[str]:
    """Start `python -m simulators.id_gov_ua` on a free port; give its address."""
    command = [sys.executable, "-m", "simulators.id_gov_ua", "--port", "0", "--client-id", "edem"]
    process = subprocess.Popen([*command, "--client-secret", "quiet", *options], cwd=ROOT, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        address = process.stdout.readline().decode().strip()
        with httpx.Client(transport=httpx.HTTPTransport(retries=8)) as client:
            client.get(address)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=10)
        if process.stdout:
            process.stdout.close()


@pytest.fixture(scope="session")
def stand() -> Iterator[str]:
    with running_stand("--slow-seconds", "1.5", "--redirect-host", "edem.example") as address:
        yield address


@pytest.fixture
def stand_with() -> Iterator[Callable[..., str]]:
    with ExitStack() as stack:
        yield lambda *options: stack.enter_context(running_stand(*options))


@pytest.fixture
def people_file(tmp_path: Path) -> Path:
    path = tmp_path / "people.json"
    people = [
        {"id": f"r{number}", "lastname": "Довгий", "givenname": f"Назар{number}", "drfocode": "3100112345"}
        for number in range(60)
    ]
    path.write_text(json.dumps(people), encoding="utf-8")
    return path
