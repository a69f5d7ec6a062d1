"""An organisation gets a report, several may (§3.2), and gives it away. Functions inside the caller's transaction."""

from datetime import datetime

from edem.foundation.places.queries import working_calendar
from edem.services.reports.events import ReportAssigned
from edem.services.reports.models import Assignment, Report
from edem.services.reports.queries.actors import held_now
from edem.services.reports.queries.charters import charter_of
from edem.services.reports.rules.alarms import alarms_of, next_alarm
from edem.services.reports.rules.terms import ClockName, clock


def assign(report: Report, organisation_id: int, *, is_main: bool, now: datetime) -> ReportAssigned:
    """Put it into the organisation's hands; its day for telling the head begins. The caller saves the report."""
    charter, calendar = charter_of(report), working_calendar(now)
    informs = clock(ClockName.INFORM, charter=charter, started_at=now, calendar=calendar)
    alarms = alarms_of({ClockName.INFORM: informs.due_at}, charter=charter, calendar=calendar)
    assignment = Assignment.objects.create(
        report=report,
        organisation_id=organisation_id,
        is_main=is_main,
        sent_at=now,
        inform_due_at=informs.due_at,
        alarm_at=next_alarm(alarms, after=now),
    )
    if is_main:
        report.organisation_id = organisation_id
    report.updated_at = now
    return ReportAssigned(report_id=report.pk, assignment_id=assignment.pk)


def main_holder(report: Report) -> Assignment | None:
    return held_now(report).filter(is_main=True).first()


def held_by(report: Report, organisation_ids: list[int]) -> Assignment | None:
    """Where these organisations hold it: the main place before the others."""
    return held_now(report).filter(organisation_id__in=organisation_ids).first()
