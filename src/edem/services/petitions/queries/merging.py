"""Where an account that became part of another one has signed or written; both accounts' marks on one petition."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from edem.foundation.people.models import Person
from edem.services.petitions.models import MergeTrace, Petition, Signature
from edem.services.petitions.queries.own_signature import mark_on
from edem.services.petitions.queries.signatures import counted_on, signatures_given
from edem.services.petitions.rules.lifecycle import STATES


@dataclass(frozen=True, kw_only=True)
class Pair:
    kept_id: UUID
    absorbed_id: UUID


@dataclass(frozen=True, kw_only=True)
class Marks:
    """None of an account that was never identified, or that withdrew its consent."""

    kept: bytes | None
    absorbed: bytes | None


def running_or_signed(pair: Pair, *, now: datetime) -> Sequence[int]:
    """Petitions that the absorbed account signed, on paper too: there a mark is all that is known of it."""
    signed = Signature.objects.filter(person_id=pair.absorbed_id).order_by("petition_id")
    found = set(signed.values_list("petition_id", flat=True))
    running = Petition.objects.filter(state__in=[state for state, look in STATES.items() if not look.final])
    ways = running.order_by("community_id", "key_version").values_list("community_id", "key_version").distinct()
    absorbed = Person.objects.filter(pk=pair.absorbed_id).order_by("pk").first()
    for community_id, key_version in list(ways):
        here = running.filter(community_id=community_id, key_version=key_version)
        some = here.order_by("pk").first()
        mark = mark_on(some, absorbed, now=now) if some and absorbed else None
        if mark:
            of_mark = Signature.objects.filter(community_id=community_id, petition_id__in=here.values("pk"), mark=mark)
            found |= set(of_mark.order_by("petition_id").values_list("petition_id", flat=True))
    return sorted(found)


def authored_by(person_id: UUID) -> Sequence[int]:
    return list(Petition.objects.filter(author_id=person_id).order_by("pk").values_list("pk", flat=True))


def marks_on(petition: Petition, pair: Pair, *, now: datetime) -> Marks:
    people = Person.objects.in_bulk([pair.kept_id, pair.absorbed_id])
    kept, absorbed = people.get(pair.kept_id), people.get(pair.absorbed_id)
    return Marks(
        kept=mark_on(petition, kept, now=now) if kept else None,
        absorbed=mark_on(petition, absorbed, now=now) if absorbed else None,
    )


def given_one(petition: Petition, person_id: UUID, mark: bytes | None) -> Signature | None:
    own = Q(person_id=person_id) | Q(mark=mark) if mark else Q(person_id=person_id)
    return signatures_given(petition).filter(own).first()


def counted_one(petition: Petition, signature: Signature) -> bool:
    return counted_on(petition).filter(mark=signature.mark).exists()


def traced(merge_id: int) -> Sequence[MergeTrace]:
    return list(MergeTrace.objects.filter(merge_id=merge_id).order_by("pk"))
