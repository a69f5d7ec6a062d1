"""A person's own signature on a petition, found by who they are or, when they signed on paper, by their mark."""

from collections.abc import Collection
from datetime import datetime

from edem.foundation.identity.facts import mark_of
from edem.foundation.identity.purposes import MarkPurpose
from edem.foundation.people.models import Person
from edem.kernel.errors import NotAllowed
from edem.services.petitions.models import WITHDRAWN, Petition, Signature, SignatureRemoval
from edem.services.petitions.queries.signatures import signatures_given


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


def has_withdrawn(petition: Petition, person: Person, *, now: datetime) -> bool:
    signature = own_signature(petition, person, now=now)
    return signature is not None and WITHDRAWN in removals_of(signature)


def signed_on_paper(petition: Petition, person: Person, *, now: datetime) -> bool:
    """Whether a paper signature that holds is this person's, though they signed it before ever coming here."""
    signature = own_signature(petition, person, now=now)
    return signature is not None and signature.sheet_id is not None and WITHDRAWN not in removals_of(signature)


def mark_on(petition: Petition, person: Person, *, now: datetime) -> bytes | None:
    """None for somebody who was never identified."""
    try:
        return mark_of(person, MarkPurpose.PETITION, now=now, key_version=petition.key_version).value
    except NotAllowed:
        return None
