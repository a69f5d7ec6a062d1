"""What is counted by the minute, seen within one."""

from collections.abc import Callable
from time import monotonic
from typing import TypeVar

from edem.kernel.counts import WINDOW_SECONDS

Seen = TypeVar("Seen")


def within_a_minute(story: Callable[[], Seen]) -> Seen:
    """Told anew, from its beginning, if a minute ended meanwhile: the counting began anew as well."""
    while True:
        began = monotonic() // WINDOW_SECONDS
        seen = story()
        if monotonic() // WINDOW_SECONDS == began:
            return seen
