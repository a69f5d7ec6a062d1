"""A report comes into the open (§3.2): its clocks start and the matrix gives it to its organisations (§3.4, §3.6)."""

from datetime import datetime

from edem.foundation.events.announcing import announce
from edem.foundation.files.actions import publish_files
from edem.foundation.people.models import Person
from edem.services.reports.actions.routing import route
from edem.services.reports.actions.stepping import move
from edem.services.reports.events import ReportPublished, ReportSent
from edem.services.reports.models import Report
from edem.services.reports.rules.lifecycle import Step


def make_public(report: Report, *, by: Person | None, actor: str, now: datetime, is_new: bool = False) -> None:
    """Part of sending and of the moderator's step. One job for all that happened: a storm day brings many reports."""
    moved = move(report, Step.PUBLISH, by=by, actor=actor, now=now)
    assigned = route(report, now=now)
    report.save()
    publish_files(list(report.photos.filter(hidden=False).order_by("pk").values_list("file_id", flat=True)))
    sent = [ReportSent(report_id=report.pk)] if is_new else []
    announce(*sent, moved, ReportPublished(report_id=report.pk), *assigned)
