"""A person's own signature on a petition, found by who they are or, when they signed on paper, by their mark."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from django.db.models import Exists, OuterRef, QuerySet

from edem.foundation.identity.facts import mark_of
from edem.foundation.identity.purposes import MarkPurpose
from edem.foundation.people.models import Person
from edem.kernel.errors import NotAllowed
from edem.services.petitions.models import WITHDRAWN, Petition, Signature, SignatureRemoval
from edem.services.petitions.queries.signatures import signatures_given


class Own(StrEnum):
    """What a person has done about a petition."""

    NOTHING = "nothing"
    SIGNED = "signed"
    WITHDREW = "withdrew"


def own_signature(petition: Petition, person: Person, *, now: datetime) -> Signature | None:
    given = signatures_given(petition)
    mine = given.filter(person_id=person.pk).first()
    if mine is not None:
        return mine
    mark = mark_on(petition, person, now=now)
    return given.filter(mark=mark).first() if mark else None


def removals_of(signature: Signature) -> Collection[int]:
    """What took it off the count: its signer (WITHDRAWN) or exclusions."""
    removals = SignatureRemoval.objects.filter(
        community_id=signature.community_id, petition_id=signature.petition_id, mark=signature.mark
    )
    return frozenset(removals.order_by("exclusion_id").values_list("exclusion_id", flat=True))


def own_standing(petition: Petition, person: Person, *, on_paper_too: bool, now: datetime) -> Own:
    """Whether the person signed, or signed and took it back; by their mark too, if anybody signed on paper."""
    given = signatures_given(petition).annotate(withdrew=Exists(withdrawals()))
    withdrew = given.filter(person_id=person.pk).values_list("withdrew", flat=True).first()
    if withdrew is None and on_paper_too and (mark := mark_on(petition, person, now=now)):
        withdrew = given.filter(mark=mark).values_list("withdrew", flat=True).first()
    if withdrew is None:
        return Own.NOTHING
    return Own.WITHDREW if withdrew else Own.SIGNED


def withdrawals() -> QuerySet[SignatureRemoval]:
    """For the signature of the outer query: that its signer took it back."""
    return SignatureRemoval.objects.filter(
        community=OuterRef("community"),
        petition_id=OuterRef("petition_id"),
        mark=OuterRef("mark"),
        exclusion_id=WITHDRAWN,
    )


def mark_on(petition: Petition, person: Person, *, now: datetime) -> bytes | None:
    """None for somebody who was never identified."""
    try:
        return mark_of(person, MarkPurpose.PETITION, now=now, key_version=petition.key_version).value
    except NotAllowed:
        return None
