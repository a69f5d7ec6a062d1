"""What may be done with notices: send them, read them, choose which come by mail."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from edem.foundation.communities.models import Community
from edem.foundation.events import announce
from edem.foundation.notices.channels import send_by_other_channels
from edem.foundation.notices.events import NoticesQueued
from edem.foundation.notices.facts import Fact, packed
from edem.foundation.notices.letters import subject_of
from edem.foundation.notices.models import MailChoice, Notice
from edem.foundation.notices.topics import choosable_topics, topics
from edem.foundation.people.models import Person
from edem.kernel.errors import Invalid

PORTION = 1_000


@dataclass(frozen=True, kw_only=True)
class Mail:
    """What is told, whoever it is told to."""

    topic: str
    template: str
    path: str
    once: str
    """Names the occasion («petitions.published:5»): whoever heard of it is not told again."""
    facts: Mapping[str, Fact] = field(default_factory=dict)


@transaction.atomic
def send_notices(to: Iterable[UUID], mail: Mail, *, community: Community, now: datetime) -> None:
    """Tell many people one thing; those who were told before, or have left, are passed over."""
    asked = sorted(set(to))
    for start in range(0, len(asked), PORTION):
        send_to_subscribers(dict.fromkeys(asked[start : start + PORTION]), mail, community=community, now=now)


@transaction.atomic
def send_to_subscribers(to: Mapping[UUID, int | None], mail: Mail, *, community: Community, now: datetime) -> None:
    """Person → the subscription by which they asked for it, none when it is their own affair."""
    people = Person.objects.filter(pk__in=to, is_active=True).order_by("pk").values_list("pk", "language")
    queue(
        [
            _notice(mail, community, now, language=language, person_id=pk, subscription_id=to[pk])
            for pk, language in people
        ]
    )


def send_notice(to: UUID, mail: Mail, *, community: Community, now: datetime) -> None:
    send_notices([to], mail, community=community, now=now)


@transaction.atomic
def send_official_letter(address: str, mail: Mail, *, community: Community, now: datetime) -> None:
    """Write to a body's public mailbox."""
    if address:
        queue([_notice(mail, community, now, address=address)])


@transaction.atomic(durable=True)
def choose_topics(person_id: UUID, mailed: Collection[str], *, now: datetime) -> None:
    """Keep the person's choice of every topic: those named come by mail, the others only to the cabinet."""
    if unknown := set(mailed) - set(choosable_topics()):
        raise Invalid("notices.unknown_topic", topic=min(unknown))
    for topic in choosable_topics():
        _choose(person_id, topic, is_mailed=topic in mailed, now=now)


@transaction.atomic(durable=True)
def choose_topic(person_id: UUID, topic: str, *, is_mailed: bool, now: datetime) -> None:
    _choose(person_id, topic, is_mailed=is_mailed, now=now)


def mark_read(person_id: UUID, *, now: datetime) -> None:
    """The person has opened the list."""
    Notice.objects.filter(person_id=person_id, read_at=None, created_at__lte=now).update(read_at=now)


def queue(notices: list[Notice]) -> None:
    """Put letters in the queue inside the caller's transaction; a missing subject is written once a language."""
    subjects: dict[str, str] = {}
    for notice in notices:
        if not notice.subject:
            if notice.language not in subjects:
                subjects[notice.language] = subject_of(notice)
            notice.subject = subjects[notice.language]
    if notices:
        Notice.objects.bulk_create(notices, ignore_conflicts=True, batch_size=500)
        send_by_other_channels(notices)
        announce(NoticesQueued())


def _choose(person_id: UUID, topic: str, *, is_mailed: bool, now: datetime) -> None:
    chosen = {"is_mailed": is_mailed, "chosen_at": now}
    MailChoice.objects.update_or_create(person_id=person_id, topic=topic, defaults=chosen)


def _notice(
    mail: Mail,
    community: Community,
    now: datetime,
    *,
    language: str = "uk",
    person_id: UUID | None = None,
    subscription_id: int | None = None,
    address: str = "",
) -> Notice:
    if mail.topic not in topics():
        raise ValueError(f"no manifest declares the topic {mail.topic}")
    return Notice(
        community=community,
        person_id=person_id,
        address=address,
        subscription_id=subscription_id,
        language=language,
        topic=mail.topic,
        template=mail.template,
        facts=packed(mail.facts),
        path=mail.path,
        once=mail.once,
        created_at=now,
        not_before=now,
    )
