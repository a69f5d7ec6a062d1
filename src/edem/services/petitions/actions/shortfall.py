"""What an officer decides in public when exclusions took a petition below its threshold before the answer."""

from datetime import datetime

from django.db import transaction

from edem.foundation.events.announcing import announce
from edem.foundation.people.models import Person
from edem.services.petitions.actions.moderating import log
from edem.services.petitions.actions.stepping import check_may, lock, move
from edem.services.petitions.events import PetitionFellShort, ShortfallDecided
from edem.services.petitions.models import Petition
from edem.services.petitions.queries.pages import progress_of
from edem.services.petitions.rules.lifecycle import Step
from edem.services.petitions.rules.shortfall import check_way


@transaction.atomic(durable=True)
def decide_shortfall(petition_id: int, step: Step, *, by: Person, now: datetime, note: str) -> None:
    """Go on with the consideration, collect on, or take it as one that fell short."""
    petition = lock(petition_id)

    check_may(step, petition, by=by, note=note)
    check_way(step, progress_of(petition), shortfall_at=petition.shortfall_at, now=now)

    due_at = petition.due_at
    move(petition, step, by=by, now=now, note=note)
    if step is Step.CONTINUE:
        petition.due_at = due_at  # the clocks that run go on running
    elif step is Step.COLLECT_ON:
        collect_anew(petition)
    else:
        move(petition, Step.TAKE_AS_APPEAL, now=now)
        announce(PetitionFellShort(petition_id=petition.pk))
    petition.shortfall_at = None
    petition.save()
    announce(ShortfallDecided(petition_id=petition.pk, step=step, decided_at=now))
    log(petition, "petition.shortfall_decided", by=by, now=now)


def collect_anew(petition: Petition) -> None:
    """As if the threshold had not been reached: its history keeps that it once was."""
    petition.due_at = petition.closes_at
    petition.reached_at = petition.handed_over_at = petition.announced_at = petition.answer_due_at = None
