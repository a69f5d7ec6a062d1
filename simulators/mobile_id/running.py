"""The service for tests: a separate process on a free port, for as long as it is needed, and fingers on its phones."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from simulators.running import SEED, running_stand

AP_ID, AP_PASSWORD = "http://edem.example", "hush"


@contextmanager
def running_mobile_id(*options: str) -> Iterator[str]:
    who = (f"--ap-id={AP_ID}", f"--ap-password={AP_PASSWORD}")
    with running_stand("mobile_id", "--port=0", f"--seed={SEED}", *who, *options) as address:
        yield address


def waiting_phones(address: str) -> list[dict[str, str]]:
    """What the screens show."""
    answer: list[dict[str, str]] = httpx.get(f"{address}/waiting").json()
    return answer


def press(address: str, transaction: str, deed: str = "sign") -> None:
    answer = httpx.post(f"{address}/phones/{transaction}", data={"deed": deed}, timeout=30)
    assert answer.status_code == 303, answer.text


def spoil_next_answer(address: str, mischief: str) -> None:
    httpx.post(f"{address}/mischief", data={"mischief": mischief})
