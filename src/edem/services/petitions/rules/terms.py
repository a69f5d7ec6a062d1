"""The petition's clocks: which term starts with which step, and when it ends (Art. 23-1; charter)."""

from dataclasses import dataclass
from datetime import datetime

from edem.kernel.deadlines import Term, WorkingCalendar, ends_at, warns_at
from edem.services.petitions.charter import PetitionCharter
from edem.services.petitions.rules.lifecycle import LIFECYCLE, State, Step


@dataclass(frozen=True, kw_only=True)
class Clock:
    """One running term: by when, and when to remind whoever is responsible."""

    name: str
    due_at: datetime
    warn_at: datetime


def term_named(charter: PetitionCharter, name: str) -> Term:
    term: Term = getattr(charter, name)
    return term


def clock_started_by(
    step: Step,
    state: State,
    *,
    charter: PetitionCharter,
    started_at: datetime,
    calendar: WorkingCalendar,
) -> Clock | None:
    """The clock that a step from a state starts, by the lifecycle's own table; None where none runs."""
    name = LIFECYCLE.transition(step, state).starts
    if name is None:
        return None
    due_at = ends_at(term_named(charter, name), started_at, calendar)
    warn_at = warns_at(due_at, working_days_before=charter.warning_days, calendar=calendar)
    return Clock(name=name, due_at=due_at, warn_at=max(warn_at, started_at))
