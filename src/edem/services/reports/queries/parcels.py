"""Reports that were sent whole: what is known of them already, and what became of one, for its sender alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from edem.foundation.communities.models import Community
from edem.foundation.people.models import Person
from edem.foundation.single_rows import all_of
from edem.kernel.errors import Missing
from edem.services.reports.models import Parcel, Report, ReportDraft
from edem.services.reports.queries.charters import CODE

# Asked by every batch of a storm: writing them anew takes longer than asking them.
_SENDERS: Final = """
    SELECT id, community_id, person_id FROM reports_parcel WHERE id = ANY(%s)
    UNION ALL
    SELECT client_uuid, community_id, author_id FROM reports_report WHERE client_uuid = ANY(%s)
"""
_COMMUNITIES: Final = "SELECT id FROM communities_community WHERE id = ANY(%s) AND %s = ANY(services) ORDER BY id"


@dataclass(frozen=True, kw_only=True)
class Became:
    report_id: int | None = None
    is_draft: bool = False
    text: str = ""
    fault: str = ""


def became_of(community: Community, parcel_id: UUID, *, person: Person) -> Became:
    own = {"community": community}
    report = Report.objects.filter(client_uuid=parcel_id, author=person, **own).order_by("pk").first()
    if report is not None:
        return Became(report_id=report.pk)
    parcel = Parcel.objects.filter(pk=parcel_id, person=person, **own).order_by("pk").first()
    if parcel is not None:
        return Became(text=str(parcel.typed.get("text", "")), fault=parcel.fault)
    if ReportDraft.objects.filter(pk=parcel_id, author=person, **own).exists():
        return Became(is_draft=True)
    raise Missing("report.missing")


def parcels_of(came_with: UUID) -> list[UUID]:
    waiting = Parcel.objects.filter(came_with=came_with, fault="").order_by("arrived_at", "pk")
    return list(waiting.values_list("pk", flat=True))


def senders_of(ids: Sequence[UUID]) -> dict[UUID, tuple[int, UUID | None]]:
    """Of those that have come before, parcels still or reports already: where to, and from whom."""
    return {known: (community_id, person_id) for known, community_id, person_id in all_of(_SENDERS, ids, ids)}


def communities_with_reports(ids: Iterable[int]) -> list[int]:
    """Of these the ones that have the service."""
    return [pk for (pk,) in all_of(_COMMUNITIES, list(ids), CODE)]
