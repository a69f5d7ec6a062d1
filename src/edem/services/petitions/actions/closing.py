"""What the clock does: a petition whose term ran out becomes an ordinary appeal at that stroke."""

from datetime import datetime

from django.db import transaction

from edem.foundation.events.announcing import announce
from edem.services.petitions.actions.stepping import lock, move
from edem.services.petitions.events import PetitionFellShort
from edem.services.petitions.rules.lifecycle import State, Step


@transaction.atomic(durable=True)
def close_petition(petition_id: int, *, now: datetime) -> None:
    """Close the collection if its end has come; the appeal's term runs from that end, not from this job."""
    petition = lock(petition_id)  # batches of signatures in flight hold this lock, so they are counted first

    ended_at = petition.closes_at
    if State(petition.state) is not State.COLLECTING or ended_at is None or now < ended_at:
        return

    move(petition, Step.FALL_SHORT, now=ended_at)
    move(petition, Step.TAKE_AS_APPEAL, now=ended_at)
    petition.save()
    announce(PetitionFellShort(petition_id=petition.pk))
