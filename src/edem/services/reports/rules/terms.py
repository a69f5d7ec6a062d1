"""The clocks of a report: which terms a step starts and when they end (the act, §4.2–4.7)."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from edem.kernel.clocks import Clock
from edem.kernel.deadlines import Term, WorkingCalendar, ends_at
from edem.kernel.ukrainian import N_
from edem.services.reports.charter import ReportCharter
from edem.services.reports.rules.lifecycle import Step


class ClockName(StrEnum):
    """Fields of the charter."""

    CHECKING = "checking"
    INFORM = "inform"
    ACCEPT = "accept"
    EXPLAIN = "explain"
    ARCHIVE = "archive"
    REOPEN = "reopen"


CLOCK_LABELS: Final = {
    ClockName.CHECKING: N_("Перевірити"),
    ClockName.INFORM: N_("Поінформувати керівника"),
    ClockName.ACCEPT: N_("Прийняти в роботу"),
    ClockName.EXPLAIN: N_("Вирішити або пояснити"),
    ClockName.ARCHIVE: N_("Перенести до архіву"),
    ClockName.REOPEN: N_("Автор може повернути в роботу"),
}

WATCHED: Final = (ClockName.INFORM, ClockName.ACCEPT, ClockName.EXPLAIN)
"""The control body's board: 1 working day, 3 working days, 30 days."""

STARTED_BY: Final[Mapping[Step, tuple[ClockName, ...]]] = {
    Step.PUBLISH: (ClockName.ACCEPT, ClockName.EXPLAIN),
    Step.CLOSE: (ClockName.ARCHIVE,),
    Step.ARCHIVE: (ClockName.REOPEN,),
    # The act gives no term for what is opened again: the thirty days run anew (docs/decisions).
    Step.REOPEN: (ClockName.EXPLAIN,),
    Step.TAKE_UP_AGAIN: (ClockName.EXPLAIN,),
}


def term_named(charter: ReportCharter, name: ClockName) -> Term:
    term: Term = getattr(charter, name)
    return term


def clock(
    name: ClockName, *, charter: ReportCharter, started_at: datetime, calendar: WorkingCalendar
) -> Clock[ClockName]:
    term, warning_days = term_named(charter, name), charter.warning_days
    return Clock.started(name, term, at=started_at, calendar=calendar, warning_days=warning_days)


def clocks_started_by(
    step: Step, *, charter: ReportCharter, started_at: datetime, calendar: WorkingCalendar
) -> Mapping[ClockName, Clock[ClockName]]:
    return {
        name: clock(name, charter=charter, started_at=started_at, calendar=calendar)
        for name in STARTED_BY.get(step, ())
    }


def reopens_until(charter: ReportCharter, archived_at: datetime, calendar: WorkingCalendar) -> datetime:
    """The first moment when the author can no longer take it back from the archive."""
    return ends_at(charter.reopen, archived_at, calendar)
