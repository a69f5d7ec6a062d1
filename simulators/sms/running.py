"""The gateway for tests: a separate process, what it is asked to do wrong, and what it has taken."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from simulators.running import running_stand
from simulators.sms.mischief import Mischief

KEY = "quiet-key"


@contextmanager
def running_gateway(*options: str) -> Iterator[str]:
    with running_stand("sms", "--port=0", f"--key={KEY}", *options) as address:
        yield address


def behave(address: str, mischief: Mischief) -> None:
    httpx.post(f"{address}/mischief", content=f"mischief={mischief}")


def taken_by(address: str) -> dict[str, Any]:
    taken: dict[str, Any] = httpx.get(f"{address}/taken").json()
    return taken
