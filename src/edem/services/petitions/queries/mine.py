"""What belongs to one person: petitions written, signatures given."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, Max, QuerySet

from edem.foundation.notices.hearing import follows as subscribed
from edem.services.petitions.models import Petition, Signature
from edem.services.petitions.queries.own_signature import withdrawals
from edem.services.petitions.queries.subjects import subject_of
from edem.services.petitions.rules.lifecycle import State

MOST = 50
_OPEN = (State.MODERATION, State.COLLECTING, State.REACHED, State.HANDED_OVER, State.CONSIDERATION)


def open_petitions_of(person_id: UUID, community_id: int, *, besides: int) -> tuple[int, datetime | None]:
    """How many petitions the author has open besides this one, and when the last was submitted."""
    others = Petition.objects.filter(author_id=person_id, community_id=community_id).exclude(pk=besides)
    submitted = others.filter(submitted_at__isnull=False).order_by("pk")
    return submitted.filter(state__in=_OPEN).count(), submitted.aggregate(last=Max("submitted_at"))["last"]


def petitions_written_by(person_id: UUID, community_id: int) -> QuerySet[Petition]:
    return Petition.objects.filter(author_id=person_id, community_id=community_id).order_by("-created_at", "-pk")


def petitions_signed_by(person_id: UUID, community_id: int) -> Sequence[tuple[Petition, datetime]]:
    """What the person signed, the newest first, with the moment of each signature."""
    given = Signature.objects.filter(person_id=person_id, community_id=community_id).exclude(Exists(withdrawals()))
    given = given.order_by("-signed_at", "mark")
    when = dict(given.values_list("petition_id", "signed_at")[:MOST])
    known = Petition.objects.select_related("community").in_bulk(list(when))
    return [(known[pk], at) for pk, at in when.items() if pk in known]


def follows(person_id: UUID, petition: Petition) -> bool:
    return subscribed(person_id, subject_of(petition.pk), community_id=petition.community_id)
