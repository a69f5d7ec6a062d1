"""Who gets a report: the organisations of the matrix (§3.6), again when it must find its way anew."""

from collections.abc import Sequence
from datetime import datetime

from edem.services.reports.actions.holding import assign
from edem.services.reports.events import ReportAssigned
from edem.services.reports.models import Report
from edem.services.reports.queries.actors import holding
from edem.services.reports.queries.matrix import choice_for
from edem.services.reports.queries.points import point_of


def route(report: Report, *, now: datetime) -> Sequence[ReportAssigned]:
    """Assign it by the matrix; where no rule fits, nobody holds it and the control body sees it first."""
    held = set(holding(report)) if report.pk else set()
    return [
        assign(report, target.organisation_id, is_main=target.is_main, now=now)
        for target in choice_for(report.community_id, report.category_codes, point_of(report)).targets
        if target.organisation_id not in held
    ]
