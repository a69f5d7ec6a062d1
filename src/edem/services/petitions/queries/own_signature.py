"""A person's own signature on a petition, found by who they are or, when they signed on paper, by their mark."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.db.models import OuterRef, QuerySet

from edem.foundation.identity.facts import mark_of
from edem.foundation.identity.purposes import MarkPurpose
from edem.foundation.people.models import Person
from edem.foundation.single_rows import first_of
from edem.kernel.errors import NotAllowed
from edem.services.petitions.models import WITHDRAWN, Petition, Signature, SignatureRemoval
from edem.services.petitions.queries.signatures import has_paper, signatures_given

_GIVEN: Final = f"""
SELECT EXISTS (
       SELECT FROM petitions_signatureremoval AS removal
        WHERE removal.community_id = %s
          AND removal.petition_id = %s
          AND removal.mark = given.mark
          AND removal.exclusion_id = {WITHDRAWN})
  FROM (SELECT *
          FROM petitions_signature
         WHERE community_id = %s AND petition_id = %s AND {{whose}} = %s
        OFFSET 0) AS given
 ORDER BY given.ordinal
 LIMIT 1
"""  # noqa: S608 - our own number
# Both tables are told the petition outright: else Citus does not see that one server knows all of it (scale-out.md).
# OFFSET keeps the order out of the search: a petition with a million signatures is not walked through in their order.
_GIVEN_BY_PERSON: Final = _GIVEN.format(whose="person_id")
_GIVEN_BY_MARK: Final = _GIVEN.format(whose="mark")


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


def own_standing(petition: Petition, person: Person, *, now: datetime) -> Own:
    """Whether the person signed, or signed and took it back; by their mark too, if anybody signed on paper."""
    on_it = (petition.community_id, petition.pk)
    own = first_of(_GIVEN_BY_PERSON, *on_it, *on_it, person.pk)
    if own is None and has_paper(petition) and (mark := mark_on(petition, person, now=now)):
        own = first_of(_GIVEN_BY_MARK, *on_it, *on_it, mark)
    if own is None:
        return Own.NOTHING
    return Own.WITHDREW if own[0] else Own.SIGNED


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
