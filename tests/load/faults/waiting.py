"""Waiting for what must become true; never for time alone."""

from collections.abc import Callable
from threading import Event
from time import monotonic

PATIENCE = 120.0
"""Long, for machines busy with other things; nothing is slower for it."""


def until(is_so: Callable[[], object], what: str, *, at_most: float = PATIENCE) -> None:
    pause, end = Event(), monotonic() + at_most
    while not is_so():
        assert monotonic() < end, f"in {at_most:.0f} seconds it did not come true that {what}"
        pause.wait(0.02)
