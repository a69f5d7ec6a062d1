"""The sweep of the clocks: reminds before a term ends, and warns in the control body's name when it has (§4.3–4.4)."""

from datetime import datetime

from django.db import transaction

from edem.foundation.events.announcing import announce
from edem.foundation.places.queries import working_calendar
from edem.services.reports.actions.resending import resent_to_holders
from edem.services.reports.actions.stepping import lock, running_at, set_alarm, show_anew
from edem.services.reports.events import ReportResent, TermMissed, TermNear
from edem.services.reports.messages import warning_words
from edem.services.reports.models import Answer, Assignment, Report
from edem.services.reports.queries.charters import charter_of
from edem.services.reports.queries.clocks import assignments_to_alarm, reports_to_alarm
from edem.services.reports.rules.alarms import Alarm, alarms_between, alarms_of, next_alarm
from edem.services.reports.rules.terms import ClockName


def ring_alarms(*, now: datetime) -> None:
    """Until nothing rings: a midnight may end thousands of terms."""
    while due := reports_to_alarm(now):
        for report_id in due:
            ring_report(report_id, now=now)
    while due := assignments_to_alarm(now):
        for assignment_id in due:
            ring_assignment(assignment_id, now=now)


@transaction.atomic(durable=True)
def ring_report(report_id: int, *, now: datetime) -> None:
    """Whatever rang since the last alarm, each once; then the next alarm is set."""
    report = lock(report_id)
    since = report.alarm_at
    if since is None or since > now:
        return

    calendar = working_calendar(now)
    alarms = alarms_of(running_at(report), charter=charter_of(report), calendar=calendar)
    facts: list[object] = []
    for alarm in alarms_between(alarms, since, now):
        facts += missed(report, alarm, now=now) if alarm.is_end else [near(report.pk, alarm)]

    set_alarm(report, now=now, calendar=calendar)
    report.updated_at = now
    report.save(update_fields=["alarm_at", "due_at", "updated_at"])
    announce(*facts)
    show_anew(report)


def missed(report: Report, alarm: Alarm, *, now: datetime) -> list[TermMissed | ReportResent]:
    """The warning stands on the card for everybody; the second letter goes in the moderator's name."""
    warning = Answer.objects.create(
        report=report, kind=Answer.Kind.WARNING, text=warning_words(alarm.clock, alarm.due_at), at=now
    )
    told = TermMissed(
        report_id=report.pk, clock=alarm.clock, assignment_id=0, warning_id=warning.pk, due_at=alarm.due_at
    )
    resent = resent_to_holders(report, now=now) if charter_of(report).resend_by_itself else ()
    return [told, *resent]


def near(report_id: int, alarm: Alarm, assignment_id: int = 0) -> TermNear:
    return TermNear(report_id=report_id, clock=alarm.clock, assignment_id=assignment_id, due_at=alarm.due_at)


@transaction.atomic(durable=True)
def ring_assignment(assignment_id: int, *, now: datetime) -> None:
    """The organisation's own day for telling its head: the worker is reminded, the control body hears of a miss."""
    rows = Assignment.objects.select_for_update(of=("self",)).filter(pk=assignment_id).select_related("report")
    own = rows.order_by("pk").first()
    if own is None or own.alarm_at is None or own.alarm_at > now:
        return

    since, charter = own.alarm_at, charter_of(own.report)
    due_at = own.inform_due_at if own.head_informed_at is None else None
    running = {ClockName.INFORM: due_at} if due_at is not None else {}
    alarms = alarms_of(running, charter=charter, calendar=working_calendar(now))
    facts: list[object] = [
        TermMissed(report_id=own.report_id, clock=alarm.clock, assignment_id=own.pk, warning_id=0, due_at=alarm.due_at)
        if alarm.is_end
        else near(own.report_id, alarm, own.pk)
        for alarm in alarms_between(alarms, since, now)
    ]

    own.alarm_at = next_alarm(alarms, after=now)
    own.save(update_fields=["alarm_at"])
    announce(*facts)
