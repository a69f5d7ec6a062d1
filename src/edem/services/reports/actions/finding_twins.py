"""What came in and is perhaps known: flagged to the moderator, who merges or says that they are two things."""

from datetime import datetime
from typing import Final

from django.db import transaction

from edem.foundation.people.models import Person
from edem.foundation.people.queries import roles_of
from edem.foundation.people.roles import Role
from edem.kernel.errors import Missing, NotAllowed
from edem.services.reports.models import LikelyTwin, Report
from edem.services.reports.queries.similar import alike, as_new

MOST: Final = 5


@transaction.atomic(durable=True)
def find_twins(report_id: int, *, now: datetime) -> None:
    """Both upper bands: what was offered to its writer and not joined too. Told twice, it is done once."""
    report = Report.objects.select_related("community").filter(pk=report_id).order_by("pk").first()
    if report is None or report.published_at is None or report.incident_id is not None:
        return
    found = alike(report.community, as_new(report), now=report.published_at, besides=report.pk)
    rows = [
        LikelyTwin(report=report, twin=each.report, sureness=each.sureness, found_at=now)
        for each in found[:MOST]
        if each.report.pk < report.pk
    ]
    LikelyTwin.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic(durable=True)
def say_they_differ(report_id: int, *, by: Person, now: datetime) -> None:
    report = Report.objects.filter(pk=report_id).order_by("pk").first()
    if report is None:
        raise Missing("report.missing")
    if Role.MODERATOR not in roles_of(by, report.community_id):
        raise NotAllowed("report.moderators_merge")
    settle_twins([report_id], now=now)


def settle_twins(report_ids: list[int], *, now: datetime) -> None:
    """Part of merging too."""
    LikelyTwin.objects.filter(report_id__in=report_ids, settled_at=None).update(settled_at=now)
