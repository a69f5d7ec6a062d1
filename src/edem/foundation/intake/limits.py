"""Limits counted in memory. Whole villages share one mobile address, so they are generous (design §6)."""

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Final

WINDOW_SECONDS: Final = 60.0
_MOST_REMEMBERED: Final = 300_000


@dataclass(kw_only=True)
class Limits:
    """Per window: how often one person may repeat, and how often one address may come without a valid pass.

    An identified person's first act on a subject is never counted, wherever it comes from.
    """

    repeats_of_person: int = 60
    strangers_of_address: int = 600
    forms_of_person: int = 240
    _window: float = 0.0
    _counts: Counter[Hashable] = field(default_factory=Counter)
    _seen: set[int] = field(default_factory=set)
    _seen_before: set[int] = field(default_factory=set)

    def forget(self) -> None:
        self._counts.clear()
        self._seen.clear()
        self._seen_before.clear()

    def admits_act(self, person: Hashable, subject: Hashable, *, moment: float) -> bool:
        """`moment` is any steady clock in seconds."""
        act = hash((person, subject))
        if act not in self._seen and act not in self._seen_before:
            if len(self._seen) >= _MOST_REMEMBERED:
                self._seen, self._seen_before = set(), self._seen
            self._seen.add(act)
            return True
        return self._counted(("person", person), moment) <= self.repeats_of_person

    def admits_stranger(self, address: str, *, moment: float) -> bool:
        return self._counted(("address", address), moment) <= self.strangers_of_address

    def admits_form(self, person: Hashable, *, moment: float) -> bool:
        """A plain form of somebody signed in: four a second is more than anybody types."""
        return self._counted(("form", person), moment) <= self.forms_of_person

    def _counted(self, key: Hashable, moment: float) -> int:
        window = moment // WINDOW_SECONDS
        if window != self._window:
            self._window = window
            self._counts.clear()
        self._counts[key] += 1
        return self._counts[key]


LIMITS: Final = Limits()
"""One for the process: the intake room and the plain forms count together."""
