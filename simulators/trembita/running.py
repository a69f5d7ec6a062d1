"""The stand for tests: a separate process on a free port, for as long as it is needed."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from simulators.running import running_stand

CLIENT = "SEVDEIR-TEST/GOV/04060772/EDEM"
SERVICE = "SEVDEIR-TEST/GOV/00032684/REGISTER/GetByFilter"


@contextmanager
def running_trembita(*options: str) -> Iterator[str]:
    with running_stand("trembita", "--port=0", f"--client={CLIENT}", f"--service={SERVICE}", *options) as address:
        yield address


def spoil_answers(address: str, mischief: str) -> None:
    assert httpx.post(f"{address}/mischief", data={"mischief": mischief}).status_code == 303


def journal_of(address: str) -> list[dict[str, str]]:
    written: list[dict[str, str]] = httpx.get(f"{address}/journal").json()
    return written
