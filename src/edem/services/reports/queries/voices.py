"""Whose voices a report has; nobody's name is told."""

from collections.abc import Sequence
from uuid import UUID

from edem.foundation.people.models import Person
from edem.services.reports.models import Report, Voice


def has_joined(person: Person | None, report: Report) -> bool:
    """A voice for one of several merged reports stands at the one that is worked on."""
    if person is None:
        return False
    lead = report.follows_id or report.pk
    return Voice.objects.filter(community_id=report.community_id, report_id=lead, person_id=person.pk).exists()


def joined_by(person_id: UUID, community_id: int, *, most: int = 20) -> Sequence[Report]:
    """The latest first."""
    voices = Voice.objects.filter(community_id=community_id, person_id=person_id).order_by("-added_at", "report_id")
    ids = list(voices.values_list("report_id", flat=True)[:most])
    known = Report.objects.select_related("community", "organisation").in_bulk(ids)
    return [known[pk] for pk in ids if pk in known]
