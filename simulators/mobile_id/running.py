"""The service for tests: a separate process on a free port, for as long as it is needed."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]
AP_ID, AP_PASSWORD = "http://edem.example", "hush"


@contextmanager
def running_mobile_id(*options: str) -> Iterator[str]:
    """Start `python -m simulators.mobile_id`; give its address once it answers."""
    who = ("--ap-id", AP_ID, "--ap-password", AP_PASSWORD)
    command = [sys.executable, "-m", "simulators.mobile_id", "--port", "0", *who, *options]
    environment = {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "PYTHONUTF8": "1"}
    process = subprocess.Popen(  # noqa: S603 - our own program
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        with httpx.Client(transport=httpx.HTTPTransport(retries=8)) as client:
            client.get(address)
        yield address
    finally:
        process.terminate()
        process.communicate(timeout=10)


def waiting_phones(address: str) -> list[dict[str, str]]:
    """What the screens show."""
    answer: list[dict[str, str]] = httpx.get(f"{address}/waiting").json()
    return answer


def press(address: str, transaction: str, deed: str = "sign") -> None:
    answer = httpx.post(f"{address}/phones/{transaction}", data={"deed": deed}, timeout=30)
    assert answer.status_code == 303, answer.text


def spoil_next_answer(address: str, mischief: str) -> None:
    httpx.post(f"{address}/mischief", data={"mischief": mischief})
