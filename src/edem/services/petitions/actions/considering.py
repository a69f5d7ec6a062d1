"""What officers and the mayor's office do with a petition that was collected, or that fell short."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from edem.foundation.events.announcing import announce
from edem.foundation.people.models import Person
from edem.kernel.errors import Invalid
from edem.services.petitions.actions.indexing import index
from edem.services.petitions.actions.moderating import log
from edem.services.petitions.actions.stepping import check_may, lock, move
from edem.services.petitions.events import ConsiderationAnnounced, PetitionAnswered, PetitionHandedOver
from edem.services.petitions.models import Petition
from edem.services.petitions.rules.hearings import Standing, check_may_answer
from edem.services.petitions.rules.lifecycle import Decision, State, Step
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
    check_heard(petition)

    petition.decision = answer.decision
    petition.answer = tidy_paragraphs(answer.text)
    petition.responsible_body = tidy_line(answer.responsible_body)
    petition.answered_at = now
    move(petition, Step.ANSWER, by=by, now=now)
    petition.save()
    index(petition)
    announce(PetitionAnswered(petition_id=petition.pk))
    log(petition, "petition.answered", by=by, now=now)


def check_heard(petition: Petition) -> None:
    """The consideration includes the hearing that the petition asks for (decision 0009)."""
    if State(petition.state) is State.CONSIDERATION:
        standings = petition.hearings.order_by("pk").values_list("standing", flat=True)
        check_may_answer(is_asked=petition.hearing_asked, standings=[Standing(each) for each in standings])
