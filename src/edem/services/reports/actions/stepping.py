"""The one way a report changes its state, by the act's table (§3.2): load and lock, check, change, announce, record."""

from datetime import datetime

from edem.foundation.live.kept import drop_pages
from edem.foundation.people.models import Person
from edem.foundation.places.queries import working_calendar
from edem.kernel.deadlines import WorkingCalendar
from edem.kernel.errors import Conflict, Missing
from edem.kernel.lifecycle import AUTHOR, CLOCK
from edem.services.reports.events import ReportMoved
from edem.services.reports.models import Report, ReportStep
from edem.services.reports.queries.actors import actors_of
from edem.services.reports.queries.charters import charter_of
from edem.services.reports.rules.alarms import Running, alarms_of, next_alarm, running_clocks
from edem.services.reports.rules.lifecycle import AT_WORK, IN_PUBLIC, ON_ITS_OWN, State, Step, lifecycle_of
from edem.services.reports.rules.terms import ClockName, clocks_started_by


def lock(report_id: int) -> Report:
    """Lock one report till the end of the transaction; whoever else changes it waits."""
    found = Report.objects.select_for_update(of=("self",), no_key=True).filter(pk=report_id)
    report = found.order_by("pk").first()
    if report is None:
        raise Missing("report.missing")
    return report


def check_may(step: Step, report: Report, *, by: Person, note: str = "") -> frozenset[str]:
    """In which capacities they may; the table of the report's own charter decides."""
    table = lifecycle_of(charter_of(report))
    actors = actors_of(by, report)
    table.check_may(step, State(report.state), actors)
    check_leads(report, step)
    table.check_note(step, State(report.state), note)
    return table.transition(step, State(report.state)).by & actors


def check_leads(report: Report, step: Step | None = None) -> None:
    """The work is done at the report it follows."""
    if report.follows_id is not None and step not in ON_ITS_OWN:
        number = Report.objects.filter(pk=report.follows_id).values_list("number", flat=True).first()
        raise Conflict("report.follows_another", number=number)


def move(
    report: Report,
    step: Step,
    *,
    now: datetime,
    by: Person | None = None,
    actor: str = CLOCK,
    note: str = "",
) -> ReportMoved:
    """Take the step, stamp it, start its clocks and write it down; the caller saves the report and announces."""
    source = State(report.state)
    transition = lifecycle_of(charter_of(report)).transition(step, source)
    calendar = working_calendar(now)

    report.state = transition.target
    stamp(report, step, now=now)
    start_clocks(report, step, started_at=now, calendar=calendar)
    set_alarm(report, now=now, calendar=calendar)

    ReportStep.objects.create(
        report=report,
        at=now,
        by=by,
        actor=actor,
        step=step,
        from_state=source,
        to_state=transition.target,
        note=note,
        clause=transition.clause,
        public=transition.target in IN_PUBLIC,
    )
    return ReportMoved(
        report_id=report.pk, step=step, from_state=source, to_state=transition.target, actor=actor, at=now
    )


def stamp(report: Report, step: Step, *, now: datetime) -> None:
    match step:
        case Step.PUBLISH:
            report.published_at = now
        case Step.ACCEPT:
            report.accepted_at = report.accepted_at or now
        case Step.CLOSE:
            report.closed_at, report.confirmed, report.confirmed_at = now, None, None
        case Step.ARCHIVE:
            report.archived_at = now
        case Step.REOPEN | Step.TAKE_UP_AGAIN:
            open_anew(report, now=now)
    report.updated_at = now


def open_anew(report: Report, *, now: datetime) -> None:
    """What the closing said no longer holds; the step keeps it."""
    report.reopened_at, report.explained_at, report.archives_at = now, None, None
    report.reopened_count += 1
    report.result = report.result_text = report.result_addressee = ""
    report.confirmed = report.confirmed_at = None


def start_clocks(report: Report, step: Step, *, started_at: datetime, calendar: WorkingCalendar) -> None:
    started = clocks_started_by(step, charter=charter_of(report), started_at=started_at, calendar=calendar)
    if ClockName.ACCEPT in started:
        report.accept_due_at = started[ClockName.ACCEPT].due_at
    if ClockName.EXPLAIN in started:
        report.explain_due_at = started[ClockName.EXPLAIN].due_at
    if ClockName.ARCHIVE in started:
        report.archives_at = started[ClockName.ARCHIVE].due_at


def running_at(report: Report) -> Running:
    return running_clocks(
        State(report.state),
        accept_due_at=report.accept_due_at,
        explain_due_at=report.explain_due_at,
        is_explained=report.explained_at is not None,
    )


def set_alarm(report: Report, *, now: datetime, calendar: WorkingCalendar) -> None:
    """The nearest end, by which queues are sorted, and the next moment when somebody is told."""
    running = running_at(report)
    alarms = alarms_of(running, charter=charter_of(report), calendar=calendar)
    report.due_at = min(running.values(), default=None)
    report.alarm_at = next_alarm(alarms, after=now)


def meet_explanation(report: Report, *, now: datetime) -> None:
    """The author has been told why it is not solved yet: the thirty days are met. The caller saves the report."""
    if State(report.state) not in AT_WORK:
        return
    report.explained_at = report.updated_at = now
    set_alarm(report, now=now, calendar=working_calendar(now))


def capacity(actors: frozenset[str]) -> str:
    """The one that is written into the history; an author who also works there steps as the author."""
    return AUTHOR if AUTHOR in actors else min(actors)


def show_anew(report: Report) -> None:
    """Visitors' kept pages of the report and of the lists are dropped when the step commits."""
    drop_pages(f"report:{report.pk}", f"reports:{report.community_id}")
