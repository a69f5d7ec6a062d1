"""The petition's clocks: which term starts with which step, and when it ends (Art. 23-1; charter)."""

from datetime import datetime

from edem.kernel.clocks import Clock
from edem.kernel.deadlines import Term, WorkingCalendar
from edem.services.petitions.charter import PetitionCharter
from edem.services.petitions.rules.lifecycle import LIFECYCLE, State, Step


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
) -> Clock[str] | None:
    """The clock that a step from a state starts, by the lifecycle's own table; None where none runs."""
    name = LIFECYCLE.transition(step, state).starts
    if name is None:
        return None
    term, warning_days = term_named(charter, name), charter.warning_days
    return Clock.started(name, term, at=started_at, calendar=calendar, warning_days=warning_days)
