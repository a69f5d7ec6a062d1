"""When somebody is told about a term: its worker before the end, the control body at the end. One sweep reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from edem.kernel.deadlines import WorkingCalendar, warns_at
from edem.services.reports.charter import ReportCharter
from edem.services.reports.rules.lifecycle import State
from edem.services.reports.rules.terms import ClockName

Running = Mapping[ClockName, datetime]
"""The terms that run, with their ends."""


@dataclass(frozen=True, kw_only=True, order=True)
class Alarm:
    at: datetime
    clock: ClockName
    due_at: datetime

    @property
    def is_end(self) -> bool:
        """The term is over; otherwise it is only near."""
        return self.at == self.due_at


def running_clocks(
    state: State, *, accept_due_at: datetime | None, explain_due_at: datetime | None, is_explained: bool
) -> Running:
    """The terms of a report that still wait for somebody: acceptance stops the first, an explanation the second."""
    ends = {
        ClockName.ACCEPT: accept_due_at if state is State.OPEN else None,
        ClockName.EXPLAIN: explain_due_at if not is_explained and state in _EXPLAINED_IN else None,
    }
    return {name: due_at for name, due_at in ends.items() if due_at is not None}


_EXPLAINED_IN = frozenset({State.OPEN, State.ACCEPTED, State.REOPENED})


def alarms_of(running: Running, *, charter: ReportCharter, calendar: WorkingCalendar) -> Sequence[Alarm]:
    alarms = []
    for name, due_at in running.items():
        warn_at = warns_at(due_at, working_days_before=charter.warning_days, calendar=calendar)
        alarms += [Alarm(at=at, clock=name, due_at=due_at) for at in sorted({min(warn_at, due_at), due_at})]
    return sorted(alarms)


def next_alarm(alarms: Sequence[Alarm], *, after: datetime) -> datetime | None:
    return min((each.at for each in alarms if each.at > after), default=None)


def alarms_between(alarms: Sequence[Alarm], since: datetime, till: datetime) -> Sequence[Alarm]:
    """What rings now; a reminder that the end has overtaken (no sweep ran meanwhile) is left out."""
    ringing = [each for each in alarms if since <= each.at <= till]
    ended = {each.clock for each in ringing if each.is_end}
    return [each for each in ringing if each.is_end or each.clock not in ended]
