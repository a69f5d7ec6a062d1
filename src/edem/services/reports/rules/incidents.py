"""What a report was before it was put to another one, and what becomes of it when they part. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from edem.kernel.deadlines import WorkingCalendar, kyiv_day, last_day_before, starts_of_day
from edem.services.reports.rules.lifecycle import State

MOMENTS: Final = ("accepted_at", "reopened_at", "accept_due_at", "explain_due_at")


@dataclass(frozen=True, kw_only=True)
class Before:
    """As it stands in the table: moments as text, organisations by the numbers of their lines of the chain."""

    state: State = State.OPEN
    moments: Mapping[str, datetime | None]
    lead_ends: Mapping[str, datetime | None]
    """The lead's own terms, before the earlier ones were taken over."""
    holds: tuple[int, ...] = ()

    def packed(self) -> dict[str, Any]:
        return {
            "state": self.state,
            "moments": _texts(self.moments),
            "lead_ends": _texts(self.lead_ends),
            "holds": list(self.holds),
        }

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Before":
        return cls(
            state=State(kept.get("state", State.OPEN)),
            moments=_moments(kept.get("moments", {})),
            lead_ends=_moments(kept.get("lead_ends", {})),
            holds=tuple(kept.get("holds", ())),
        )


def stood_still(
    due_at: datetime | None, *, since: datetime, until: datetime, calendar: WorkingCalendar
) -> datetime | None:
    """A term does not run while its report follows another: it ends so many days later, on a working day."""
    if due_at is None:
        return None
    days = (kyiv_day(until) - kyiv_day(since)).days
    if days <= 0:
        return due_at
    last = calendar.next_working(last_day_before(due_at) + timedelta(days=days))
    return starts_of_day(last + timedelta(days=1))


def _texts(moments: Mapping[str, datetime | None]) -> dict[str, str | None]:
    return {name: moment.isoformat() if moment else None for name, moment in moments.items()}


def _moments(texts: Mapping[str, str | None]) -> dict[str, datetime | None]:
    return {name: datetime.fromisoformat(text) if text else None for name, text in texts.items()}
