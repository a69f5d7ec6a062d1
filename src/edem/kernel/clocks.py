"""A running term: by when something is due, and when whoever must do it is reminded."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Self, TypeVar

from edem.kernel.deadlines import Term, WorkingCalendar, ends_at, warns_at

N = TypeVar("N", bound=str)


@dataclass(frozen=True, kw_only=True)
class Clock(Generic[N]):
    name: N
    due_at: datetime
    warn_at: datetime

    @classmethod
    def started(cls, name: N, term: Term, *, at: datetime, calendar: WorkingCalendar, warning_days: int) -> Self:
        """The reminder comes so many working days before the last day, and never before the clock has started."""
        due_at = ends_at(term, at, calendar)
        warn_at = warns_at(due_at, working_days_before=warning_days, calendar=calendar)
        return cls(name=name, due_at=due_at, warn_at=max(warn_at, at))
