"""A report as the homes, the cabinet and the desk show it."""

from datetime import datetime

from django.utils.translation import gettext as _

from edem.foundation.catalog.manifest import Happening, QueueItem
from edem.services.reports.models import Report
from edem.services.reports.queries.reading import state_now
from edem.services.reports.queries.subjects import path_of
from edem.services.reports.rules.lifecycle import STATES, State


def happening_of(report: Report, *, now: datetime) -> Happening:
    look = STATES[state_now(report, now)]
    return Happening(
        at=report.published_at or report.submitted_at,
        title=report.title,
        community=report.community,
        path=path_of(report),
        words=report.address,
        tone=look.tone,
        shape=look.shape,
        state=_(look.label),
    )


def queue_item(report: Report) -> QueueItem:
    look = STATES[State(report.state)]
    return QueueItem(
        title=report.title,
        path=f"{path_of(report)}case/",
        state=_(look.label),
        tone=look.tone,
        shape=look.shape,
        due=report.due_at,
        holder=report.organisation.name if report.organisation else "",
        number=f"№ {report.number}" if report.number else "",
    )
