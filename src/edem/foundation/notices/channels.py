"""Which channels a notice goes by besides the letter, and what the person has chosen for each topic."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from edem.foundation.catalog.registry import manifests
from edem.foundation.identity.contacts.devices import devices_of_many
from edem.foundation.notices.messaging import queue_messages
from edem.foundation.notices.models import Channel, MailChoice, Message, Notice
from edem.foundation.notices.one_address import ONE_ADDRESS
from edem.foundation.notices.push.choosing import are_pushes_sent
from edem.foundation.notices.sms.choosing import are_texts_sent
from edem.foundation.notices.topics import ACCOUNT, choosable_topics
from edem.kernel.errors import Invalid

NEWS_FOR: Final = timedelta(days=1)
"""After a day in the queue a short message is news no more; the letter and the cabinet have it."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One topic as the person has it."""

    topic: str
    words: str
    is_mailed: bool
    is_texted: bool
    is_pushed: bool
    may_be_texted: bool


def texted_templates() -> Mapping[str, Collection[str] | None]:
    """Topic → the letters of it that are worth an SMS; None for all of them."""
    of_services = {topic: templates for manifest in manifests() for topic, templates in (manifest.texted or {}).items()}
    return {**of_services, ACCOUNT: None}


def choices_of(person_id: UUID) -> Sequence[Choice]:
    chosen = {each.topic: each for each in MailChoice.objects.filter(person_id=person_id).order_by("topic")}
    texted = texted_templates()
    return [
        Choice(
            topic=topic,
            words=words,
            is_mailed=chosen[topic].is_mailed if topic in chosen else True,
            is_texted=chosen[topic].is_texted if topic in chosen else False,
            is_pushed=chosen[topic].is_pushed if topic in chosen else True,
            may_be_texted=topic in texted,
        )
        for topic, words in choosable_topics().items()
    ]


@transaction.atomic(durable=True)
def choose_channels(
    person_id: UUID,
    *,
    mailed: Collection[str],
    texted: Collection[str],
    pushed: Collection[str],
    now: datetime,
) -> None:
    """Keep the choice of every topic: those named come by that channel, the others do not."""
    offered = choosable_topics()
    if unknown := (set(mailed) | set(pushed)) - set(offered) | (set(texted) - set(texted_templates())):
        raise Invalid("notices.unknown_topic", topic=min(unknown))
    for topic in offered:
        chosen = {
            "is_mailed": topic in mailed,
            "is_texted": topic in texted,
            "is_pushed": topic in pushed,
            "chosen_at": now,
        }
        MailChoice.objects.update_or_create(person_id=person_id, topic=topic, defaults=chosen)


def send_by_other_channels(notices: Sequence[Notice]) -> None:
    """Part of queueing letters: few questions, however many people."""
    personal = [each for each in notices if each.person_id and each.template not in ONE_ADDRESS]
    if personal:
        queue_messages([*_texts(personal), *_pushes(personal)])


def _texts(notices: Sequence[Notice]) -> list[Message]:
    worth = texted_templates()
    chosen = [each for each in notices if each.topic in worth and _is_worth(worth[each.topic], each.template)]
    if not chosen or not are_texts_sent():
        return []
    asked = MailChoice.objects.filter(person_id__in=_people(chosen), topic__in=list(worth), is_texted=True)
    wanted = set(asked.order_by("pk").values_list("person_id", "topic"))
    return [_message(each, Channel.SMS) for each in chosen if (each.person_id, each.topic) in wanted]


def _is_worth(templates: Collection[str] | None, template: str) -> bool:
    return templates is None or template in templates


def _pushes(notices: Sequence[Notice]) -> list[Message]:
    if not are_pushes_sent():
        return []
    devices = devices_of_many(_people(notices))
    if not devices:
        return []
    silent = MailChoice.objects.filter(person_id__in=devices, is_pushed=False)
    unwanted = set(silent.order_by("pk").values_list("person_id", "topic"))
    return [
        _message(each, Channel.PUSH, device_id=device_id)
        for each in notices
        if each.person_id and (each.person_id, each.topic) not in unwanted
        for device_id in devices.get(each.person_id, ())
    ]


def _people(notices: Sequence[Notice]) -> list[UUID]:
    return sorted({each.person_id for each in notices if each.person_id})


def _message(notice: Notice, channel: Channel, *, device_id: UUID | None = None) -> Message:
    assert notice.person_id is not None
    return Message(
        community_id=notice.community_id,
        person_id=notice.person_id,
        channel=channel,
        device_id=device_id,
        language=notice.language,
        topic=notice.topic,
        words=notice.subject,
        path=notice.path,
        once=notice.once,
        created_at=notice.created_at,
        not_before=notice.created_at,
        expires_at=notice.created_at + NEWS_FOR,
    )
