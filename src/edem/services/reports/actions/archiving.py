"""What the clock does: a report that has been closed for twenty days goes to the archive (§4.6)."""

from datetime import datetime

from django.db import transaction

from edem.foundation.events.announcing import announce
from edem.services.reports.actions.stepping import lock, move, show_anew
from edem.services.reports.events import ReportMoved
from edem.services.reports.models import Report
from edem.services.reports.queries.clocks import reports_to_archive
from edem.services.reports.rules.lifecycle import State, Step


def archive_reports(*, now: datetime) -> None:
    while due := reports_to_archive(now):
        for report_id in due:
            archive_report(report_id, now=now)


@transaction.atomic(durable=True)
def archive_report(report_id: int, *, now: datetime) -> None:
    """Nothing, if it was opened again between the question which are due and this lock."""
    report = lock(report_id)

    moved = archive_if_due(report, now=now)
    if moved is None:
        return

    report.save()
    announce(moved)
    show_anew(report)


def archive_if_due(report: Report, *, now: datetime) -> ReportMoved | None:
    """At the stroke of its term, not of this job; whoever opens it again meets it as the clock has it."""
    due_at = report.archives_at
    if State(report.state) is not State.CLOSED or due_at is None or now < due_at:
        return None
    moved = move(report, Step.ARCHIVE, now=due_at)
    report.updated_at = now
    return moved
