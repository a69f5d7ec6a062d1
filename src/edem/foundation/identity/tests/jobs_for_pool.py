"""What the tests ask workers to do: functions that another process can import by name."""

import os
import time

from edem.kernel.kep.errors import Unreadable


def add(*, one: int, other: int) -> int:
    return one + other


def refuse() -> None:
    raise Unreadable("test.refused", offset=7)


def break_down() -> None:
    raise ZeroDivisionError("a bug of ours")


def take(*, seconds: float) -> str:
    time.sleep(seconds)
    return "done"


def take_all_memory() -> int:
    return len(bytes(64 * 2**30))


def end() -> None:
    os._exit(3)


def secrets() -> dict[str, str]:
    return dict(os.environ)
