"""Letters about a petition: to its author, to those who follow it, to the staff who are responsible."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from edem.foundation.notices.actions import Mail, send_notices
from edem.foundation.notices.facts import Fact
from edem.foundation.notices.telling import tell_followers
from edem.services.petitions.models import Petition
from edem.services.petitions.queries.exclusion_mails import again_since
from edem.services.petitions.queries.mails import facts_of
from edem.services.petitions.queries.people import author_of, petition_told, responsible_for
from edem.services.petitions.queries.subjects import about
from edem.services.petitions.rules.lifecycle import State

MINE, MILESTONES, FOLLOWED, STAFF = "petitions.mine", "petitions.milestones", "petitions.followed", "staff"
WIDE = frozenset({"new", "reached", "answered", "fulfilment"})
"""What matters to all who follow the topic, the place or the community; the rest only to those of the petition."""


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
    again = again_since(petition)  # back to collecting, it may reach its threshold a second time
    once = f"petitions.{template}:{petition_id}:{occasion or step}{again}"
    mail = Mail(
        topic=MILESTONES if template == "milestone" else MINE,
        template=f"petitions/mail/{template}.html",
        path=f"/petitions/{petition_id}/",
        once=once,
        facts=facts_of(petition) | more,
    )
    send_notices(author_of(petition), mail, community=petition.community, now=now)
    if followers:
        whom = about(petition, is_wide=template in WIDE)
        tell_followers(replace(mail, topic=FOLLOWED), whom, community=petition.community, now=now)


def tell_new(petition_id: int, *, now: datetime) -> None:
    """A petition has come into the open: whoever follows its topic, its place or the community hears of it."""
    petition = petition_told(petition_id)
    if petition is None:
        return
    mail = Mail(
        topic=FOLLOWED,
        template="petitions/mail/new.html",
        path=f"/petitions/{petition_id}/",
        once=f"petitions.new:{petition_id}",
        facts=facts_of(petition),
    )
    tell_followers(mail, about(petition, is_wide=True), community=petition.community, now=now)


def tell_staff(petition_id: int, template: str, *, state: State, now: datetime) -> None:
    petition = petition_told(petition_id)
    if petition is None or petition.state != state:
        return
    once, path = f"{template}:{petition_id}:{petition.due_at}", f"/petitions/{petition_id}/case/"
    write_to_staff(responsible_for(petition, state), petition, template, path=path, once=once, now=now)


def write_to_staff(
    people: Sequence[UUID], petition: Petition, template: str, *, path: str, once: str, now: datetime, **more: Fact
) -> None:
    """What waits for somebody's work, each occasion once for each of them."""
    mail = Mail(
        topic=STAFF,
        template=f"petitions/mail/{template}.html",
        path=path,
        once=f"petitions.{once}",
        facts=facts_of(petition) | more,
    )
    send_notices(people, mail, community=petition.community, now=now)
