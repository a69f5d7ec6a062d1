"""Figures of a period out of cells: so many acts of one kind, good or not, and how many of them took how long. Pure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Self

from edem.services.reports.rules.periods import Figures

PLAIN: Final = ("received", "accepted", "closed", "confirmed", "reopened", "passed_on", "overdue")
GOOD: Final = {"accepted": "accepted_in_time", "closed": "solved"}
TIMED: Final = {"accepted": "days_to_accept", "closed": "days_to_close"}


@dataclass(frozen=True)
class Counts:
    """What happened, added up; two of them added are what happened in both."""

    acts: Counter[str] = field(default_factory=Counter)
    good: Counter[str] = field(default_factory=Counter)
    took: Mapping[str, Counter[int]] = field(default_factory=lambda: {act: Counter() for act in TIMED})
    """How many took so many tenths of a day."""

    def add(self, act: str, number: int, *, is_good: bool, tenths: int | None) -> None:
        self.acts[act] += number
        if is_good:
            self.good[act] += number
        if tenths is not None:
            self.took[act][tenths] += number

    def add_all(self, other: Self) -> None:
        self.acts.update(other.acts)
        self.good.update(other.good)
        for act, times in other.took.items():
            self.took[act].update(times)

    def figures(self) -> Figures:
        counted = {act: self.acts[act] for act in PLAIN}
        good = {name: self.good[act] for act, name in GOOD.items()}
        return Figures(
            **counted,
            **good,
            days_to_accept=days_in_the_middle(self.took["accepted"]),
            days_to_close=days_in_the_middle(self.took["closed"]),
        )


def days_in_the_middle(times: Mapping[int, int]) -> float | None:
    """The median of tenths of a day, to a tenth of a day."""
    whole, up_to, middle = sum(times.values()), 0, []
    for tenths, number in sorted(times.items()):
        if number and 2 * up_to <= whole <= 2 * (up_to + number):
            middle.append(tenths)
        up_to += number
    return round(sum(middle) / len(middle) / 10, 1) if middle else None
