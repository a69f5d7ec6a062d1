"""Who is written to when something happens to a petition."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from edem.foundation.events.readers import reacts_to
from edem.foundation.notices.actions import Mail, send_notices
from edem.foundation.notices.facts import Fact
from edem.services.petitions.events import (
    ConsiderationAnnounced,
    FulfilmentMoved,
    MilestonePassed,
    PetitionAnswered,
    PetitionFellShort,
    PetitionHandedOver,
    PetitionPublished,
    PetitionReached,
    PetitionRejected,
    PetitionReturned,
    PetitionSubmitted,
    PetitionWithdrawn,
)
from edem.services.petitions.queries.mails import facts_of
from edem.services.petitions.queries.people import author_of, followers_of, petition_told, responsible_for
from edem.services.petitions.rules.lifecycle import State

MINE, FOLLOWED, STAFF = "petitions.mine", "petitions.followed", "staff"


@reacts_to(PetitionSubmitted)
def tell_moderators(event: PetitionSubmitted, now: datetime) -> None:
    tell_staff(event.petition_id, "submitted", state=State.MODERATION, now=now)


@reacts_to(PetitionReturned)
def tell_returned(event: PetitionReturned, now: datetime) -> None:
    tell_author(event.petition_id, "returned", now=now)


@reacts_to(PetitionRejected)
def tell_rejected(event: PetitionRejected, now: datetime) -> None:
    tell_author(event.petition_id, "rejected", now=now)


@reacts_to(PetitionPublished)
def tell_published(event: PetitionPublished, now: datetime) -> None:
    tell_author(event.petition_id, "published", now=now)


@reacts_to(PetitionWithdrawn)
def tell_withdrawn(event: PetitionWithdrawn, now: datetime) -> None:
    tell_author(event.petition_id, "withdrawn", now=now)


@reacts_to(MilestonePassed)
def tell_milestone(event: MilestonePassed, now: datetime) -> None:
    tell_author(event.petition_id, "milestone", now=now, occasion=f"{event.percent}", percent=event.percent)


@reacts_to(PetitionReached)
def tell_reached(event: PetitionReached, now: datetime) -> None:
    tell_everybody(event.petition_id, "reached", now=now)
    tell_staff(event.petition_id, "to_hand_over", state=State.REACHED, now=now)


@reacts_to(PetitionHandedOver)
def tell_handed_over(event: PetitionHandedOver, now: datetime) -> None:
    tell_everybody(event.petition_id, "handed_over", now=now)
    tell_staff(event.petition_id, "to_consider", state=State.HANDED_OVER, now=now)


@reacts_to(ConsiderationAnnounced)
def tell_announced(event: ConsiderationAnnounced, now: datetime) -> None:
    tell_everybody(event.petition_id, "announced", now=now)


@reacts_to(PetitionFellShort)
def tell_fell_short(event: PetitionFellShort, now: datetime) -> None:
    tell_everybody(event.petition_id, "fell_short", now=now)
    tell_staff(event.petition_id, "to_answer", state=State.APPEAL, now=now)


@reacts_to(PetitionAnswered)
def tell_answered(event: PetitionAnswered, now: datetime) -> None:
    tell_everybody(event.petition_id, "answered", now=now)


@reacts_to(FulfilmentMoved)
def tell_fulfilment(event: FulfilmentMoved, now: datetime) -> None:
    tell_everybody(event.petition_id, "fulfilment", now=now, occasion=event.state)


def tell_author(petition_id: int, template: str, *, now: datetime, occasion: str = "", **more: Fact) -> None:
    tell(petition_id, template, now=now, occasion=occasion, followers=False, more=more)


def tell_everybody(petition_id: int, template: str, *, now: datetime, occasion: str = "", **more: Fact) -> None:
    tell(petition_id, template, now=now, occasion=occasion, followers=True, more=more)


def tell(
    petition_id: int, template: str, *, now: datetime, occasion: str, followers: bool, more: dict[str, Fact]
) -> None:
    petition = petition_told(petition_id)
    if petition is None:
        return
    step = petition.submitted_at.isoformat() if petition.submitted_at else ""
    once = f"petitions.{template}:{petition_id}:{occasion or step}"
    told: list[tuple[str, Iterable[UUID]]] = [(MINE, author_of(petition))]
    if followers:
        told.append((FOLLOWED, set(followers_of(petition)) - set(author_of(petition))))
    facts = facts_of(petition) | more
    for topic, people in told:
        mail = Mail(
            topic=topic,
            template=f"petitions/mail/{template}.html",
            path=f"/petitions/{petition_id}/",
            once=once,
            facts=facts,
        )
        send_notices(people, mail, community=petition.community, now=now)


def tell_staff(petition_id: int, template: str, *, state: State, now: datetime) -> None:
    petition = petition_told(petition_id)
    if petition is None or petition.state != state:
        return
    mail = Mail(
        topic=STAFF,
        template=f"petitions/mail/{template}.html",
        path=f"/petitions/{petition_id}/case/",
        once=f"petitions.{template}:{petition_id}:{petition.due_at}",
        facts=facts_of(petition),
    )
    send_notices(responsible_for(petition, state), mail, community=petition.community, now=now)
