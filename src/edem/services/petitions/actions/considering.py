"""What officers and the mayor's office do with a petition that was collected, or that fell short."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from edem.foundation.events.announcing import announce
from edem.foundation.people.models import Person
from edem.kernel.errors import Conflict, Invalid
from edem.services.petitions.actions.indexing import index
from edem.services.petitions.actions.moderating import log
from edem.services.petitions.actions.stepping import check_may, lock, move
from edem.services.petitions.events import (
    ConsiderationAnnounced,
    FulfilmentMoved,
    PetitionAnswered,
    PetitionHandedOver,
)
from edem.services.petitions.rules.lifecycle import MAY_BE_CARRIED_OUT, Decision, State, Step
from edem.services.petitions.rules.text import tidy_line, tidy_paragraphs


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The answer as it is published: the decision, its reasons, and who is responsible."""

    decision: str
    text: str
    responsible_body: str = ""


@transaction.atomic(durable=True)
def hand_over(petition_id: int, *, by: Person, now: datetime, note: str = "") -> None:
    """Pass a petition that gathered its signatures to the mayor (003 §4.2); the announcement is due next."""
    petition = lock(petition_id)

    check_may(Step.HAND_OVER, petition, by=by, note=note)

    # The three days to announce the consideration run from the threshold, not from this step.
    move(petition, Step.HAND_OVER, by=by, now=now, note=note, started_at=petition.reached_at)
    petition.handed_over_at = now
    petition.save()
    announce(PetitionHandedOver(petition_id=petition.pk))
    log(petition, "petition.handed_over", by=by, now=now)


@transaction.atomic(durable=True)
def announce_consideration(petition_id: int, *, by: Person, now: datetime, note: str = "") -> None:
    petition = lock(petition_id)

    check_may(Step.ANNOUNCE, petition, by=by, note=note)

    move(petition, Step.ANNOUNCE, by=by, now=now, note=note)
    petition.announced_at = now
    petition.save()
    announce(ConsiderationAnnounced(petition_id=petition.pk))
    log(petition, "petition.consideration_announced", by=by, now=now)


@transaction.atomic(durable=True)
def answer_petition(petition_id: int, answer: Answer, *, by: Person, now: datetime) -> None:
    """Publish the answer; signing ends with it."""
    petition = lock(petition_id)

    check_may(Step.ANSWER, petition, by=by, note=answer.text)
    if answer.decision not in list(Decision):
        raise Invalid("petition.unknown_decision")

    petition.decision = answer.decision
    petition.answer = tidy_paragraphs(answer.text)
    petition.responsible_body = tidy_line(answer.responsible_body)
    petition.answered_at = now
    move(petition, Step.ANSWER, by=by, now=now)
    petition.save()
    index(petition)
    announce(PetitionAnswered(petition_id=petition.pk))
    log(petition, "petition.answered", by=by, now=now)


@transaction.atomic(durable=True)
def start_fulfilment(petition_id: int, *, by: Person, now: datetime, due_at: datetime, body: str, note: str) -> None:
    """Say who carries a supported petition out, and by when."""
    petition = lock(petition_id)

    check_may(Step.START_FULFILMENT, petition, by=by, note=note)
    if petition.decision not in MAY_BE_CARRIED_OUT:
        raise Conflict("petition.not_to_be_carried_out")
    if due_at <= now:
        raise Invalid("petition.due_in_past")

    move(petition, Step.START_FULFILMENT, by=by, now=now, note=note)
    petition.due_at = due_at
    petition.responsible_body = tidy_line(body)
    petition.save()
    announce(FulfilmentMoved(petition_id=petition.pk, state=State.FULFILMENT))
    log(petition, "petition.fulfilment_started", by=by, now=now)


@transaction.atomic(durable=True)
def finish_fulfilment(petition_id: int, step: Step, *, by: Person, now: datetime, note: str) -> None:
    """Say in public that a petition was carried out, or that it was not and why."""
    petition = lock(petition_id)

    check_may(step, petition, by=by, note=note)

    move(petition, step, by=by, now=now, note=note)
    petition.save()
    announce(FulfilmentMoved(petition_id=petition.pk, state=petition.state))
    log(petition, "petition.fulfilment_finished", by=by, now=now)
