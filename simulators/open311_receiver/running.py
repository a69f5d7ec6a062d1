"""The server for tests: a separate process, what it is asked to do wrong, what it heard, and what it says."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from simulators.open311_receiver.mischief import Mischief
from simulators.running import running_stand

KEY = "quiet-key"


@contextmanager
def running_receiver(*options: str) -> Iterator[str]:
    with running_stand("open311_receiver", "--port=0", f"--key={KEY}", *options) as address:
        yield address


def behave(address: str, mischief: Mischief) -> None:
    httpx.post(f"{address}/mischief", data={"mischief": mischief})


def say(address: str, number: str, status: str, text: str) -> None:
    httpx.post(f"{address}/say", data={"number": number, "status": status, "text": text})


def heard_by(address: str) -> dict[str, Any]:
    heard: dict[str, Any] = httpx.get(f"{address}/heard").json()
    return heard


def forget_everything(address: str) -> None:
    httpx.post(f"{address}/forget")
