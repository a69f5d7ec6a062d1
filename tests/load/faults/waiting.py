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


def seconds_taken(is_taken: Callable[[], bool], since: float) -> float:
    """From that moment to the beginning of the last request that was still taken.

    Less the longest of those answers: for so long the machine kept even a request waiting.
    """
    pause, last, longest = Event(), since, 0.0
    while True:
        began = monotonic()
        if not is_taken():
            return max(0.0, last - since - longest)
        last, longest = began, max(longest, monotonic() - began)
        assert began - since < 20, "still taken after twenty seconds"
        pause.wait(0.02)
