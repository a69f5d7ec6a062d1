"""What the personas were told while their petitions went on: the letters' rows, as if each had gone out in time."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from edem.config.sample.petitions import SamplePetition
from edem.config.sample.seeding.registering import People, Registered
from edem.foundation.identity.in_bulk import letters_read
from edem.foundation.notices.facts import Fact, packed
from edem.foundation.notices.letters import subject_of
from edem.foundation.notices.models import MailState, Notice
from edem.services.petitions.models import Petition
from edem.services.petitions.queries.mails import facts_of
from edem.services.petitions.rules.lifecycle import STATES, Step

Pairs = Iterable[tuple[SamplePetition, Petition]]

_TEMPLATES: Final = {
    Step.PUBLISH: "published",
    Step.REACH: "reached",
    Step.HAND_OVER: "handed_over",
    Step.ANNOUNCE: "announced",
    Step.FALL_SHORT: "fell_short",
    Step.ANSWER: "answered",
    Step.START_FULFILMENT: "fulfilment",
    Step.FULFIL: "fulfilment",
}
_QUARTERS: Final = (25, 50, 75)
_UNREAD_FOR: Final = timedelta(days=12)


def tell_personas(pairs: Pairs, people: People, *, now: datetime) -> None:
    notices: dict[tuple[UUID, str], Notice] = {}
    for sample, petition in pairs:
        facts = facts_of(petition)
        for who, topic, template, at, more in _occasions(sample, people):
            notice = _notice(petition, who, topic=topic, template=template, at=at, facts={**facts, **more})
            notice.read_at = at + timedelta(hours=5) if at + _UNREAD_FOR < now else None
            notices[who.person.pk, notice.once] = notice
    Notice.objects.bulk_create(notices.values())
    letters_read((who, each.created_at) for (who, _), each in notices.items())


Occasion = tuple[Registered, str, str, datetime, Mapping[str, Fact]]


def _occasions(sample: SamplePetition, people: People) -> Iterable[Occasion]:
    author = people[sample.author.id]
    if author.resident.key:
        yield from _steps(sample, author, "petitions.mine", since=sample.chronicle.created_at)
        yield from _milestones(sample, author)
    for each in sample.signatures:
        if each.resident.key and each.resident.key != author.resident.key:
            yield from _steps(sample, people[each.resident.id], "petitions.followed", since=each.at)


def _steps(sample: SamplePetition, who: Registered, topic: str, *, since: datetime) -> Iterable[Occasion]:
    for step in sample.chronicle.steps:
        if step.step in _TEMPLATES and step.at > since:
            counted = sum(each.at <= step.at for each in sample.signatures)
            then: Mapping[str, Fact] = {"note": step.note, "state": STATES[step.target].label, "count": counted}
            yield who, topic, _TEMPLATES[step.step], step.at, {**then, "due_at": None}


def _milestones(sample: SamplePetition, who: Registered) -> Iterable[Occasion]:
    needed = sample.chronicle.regulation.charter.threshold
    for percent in _QUARTERS:
        count = -(-needed * percent // 100)
        if count <= len(sample.signatures):
            counted = {"percent": percent, "count": count, "left": needed - count}
            yield who, "petitions.mine", "milestone", sample.signatures[count - 1].at, counted


def _notice(
    petition: Petition, who: Registered, *, topic: str, template: str, at: datetime, facts: Mapping[str, Fact]
) -> Notice:
    notice = Notice(
        community=petition.community,
        person_id=who.person.pk,
        topic=topic,
        template=f"petitions/mail/{template}.html",
        facts=packed(facts),
        path=f"/petitions/{petition.pk}/",
        once=f"petitions.{template}:{petition.pk}:{at.isoformat()}",
        created_at=at,
        not_before=at,
        state=MailState.SENT,
        attempts=1,
        sent_at=at + timedelta(seconds=4),
        reply="250",
    )
    notice.subject = subject_of(notice)
    return notice
