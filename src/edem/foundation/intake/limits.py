"""Limits by the minute. Whole villages share one mobile address, so they are generous (design §6)."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Final

from edem.kernel.counts import Counts

_MOST_REMEMBERED: Final = 300_000


@dataclass(kw_only=True)
class Limits:
    """Per window: how often one person may repeat, and how often one address may come without a valid pass.

    `name` is what all processes of a machine count together; without one it is counted here alone.
    An identified person's first act on a subject is never counted, wherever it comes from.
    """

    name: str = ""
    repeats_of_person: int = 60
    strangers_of_address: int = 600
    forms_of_person: int = 240
    _counts: Counts = field(init=False)
    _seen: set[int] = field(default_factory=set)
    _seen_before: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._counts = Counts(name=self.name)

    def forget(self) -> None:
        self._counts.forget()
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
        return self._counts.count(("person", person), moment=moment) <= self.repeats_of_person

    def admits_stranger(self, address: str, *, moment: float) -> bool:
        return self._counts.count(("address", address), moment=moment) <= self.strangers_of_address

    def admits_form(self, person: Hashable, *, moment: float) -> bool:
        """A plain form of somebody signed in: four a second is more than anybody types."""
        return self._counts.count(("form", person), moment=moment) <= self.forms_of_person


LIMITS: Final = Limits(name="acts")
"""One for the process: the intake room and the plain forms count together."""
