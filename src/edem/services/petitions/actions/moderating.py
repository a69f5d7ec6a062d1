"""What the moderator does: publish, return for rework, or refuse on a ground of the law."""

from datetime import datetime

from django.db import transaction

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.communities.queries import charter_in_force
from edem.foundation.events.announcing import announce
from edem.foundation.identity.keys import mark_keys
from edem.foundation.people.models import Person
from edem.kernel.errors import Invalid
from edem.services.petitions.actions.indexing import index
from edem.services.petitions.actions.stepping import check_may, lock, move
from edem.services.petitions.events import PetitionPublished, PetitionRejected, PetitionReturned
from edem.services.petitions.models import Petition
from edem.services.petitions.queries.charters import CODE, charter_of
from edem.services.petitions.rules.grounds import Ground
from edem.services.petitions.rules.lifecycle import Step


@transaction.atomic(durable=True)
def publish_petition(petition_id: int, *, by: Person, now: datetime) -> None:
    """Open the collection of signatures under the charter that is in force today."""
    petition = lock(petition_id)

    check_may(Step.PUBLISH, petition, by=by)

    petition.charter = charter_in_force(petition.community_id, CODE, now=now)
    petition.required = charter_of(petition).threshold
    petition.published_at = now
    petition.key_version = mark_keys().current
    clock = move(petition, Step.PUBLISH, by=by, now=now)
    petition.closes_at = clock.due_at if clock else None
    petition.save()
    index(petition)
    if petition.closes_at:
        announce(PetitionPublished(petition_id=petition.pk, closes_at=petition.closes_at))
    log(petition, "petition.published", by=by, now=now)


@transaction.atomic(durable=True)
def return_petition(petition_id: int, *, by: Person, now: datetime, note: str) -> None:
    petition = lock(petition_id)

    check_may(Step.RETURN, petition, by=by, note=note)

    move(petition, Step.RETURN, by=by, now=now, note=note)
    petition.save()
    announce(PetitionReturned(petition_id=petition.pk))
    log(petition, "petition.returned", by=by, now=now)


@transaction.atomic(durable=True)
def reject_petition(petition_id: int, *, by: Person, now: datetime, ground: str, note: str) -> None:
    """Refuse publication; number, date and ground stay in the public record, with the reason."""
    petition = lock(petition_id)

    check_may(Step.REJECT, petition, by=by, note=note)
    if ground not in list(Ground):
        raise Invalid("petition.unknown_ground")

    petition.ground = ground
    move(petition, Step.REJECT, by=by, now=now, note=note)
    petition.save()
    announce(PetitionRejected(petition_id=petition.pk))
    log(petition, "petition.rejected", by=by, now=now)


def log(petition: Petition, act: str, *, by: Person, now: datetime) -> None:
    record_staff_act(by, act, community_id=petition.community_id, subject=petition, now=now)
