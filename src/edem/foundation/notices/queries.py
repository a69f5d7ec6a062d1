"""Reads about notices, for the cabinet."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import QuerySet

from edem.foundation.notices.models import MailChoice, Notice, Subscription
from edem.foundation.notices.one_address import ONE_ADDRESS
from edem.foundation.notices.topics import FOLLOWED, choosable_topics
from edem.kernel.errors import Missing


def notices_of(person_id: UUID, *, community_id: int | None = None) -> QuerySet[Notice]:
    """Everything the person was told, the newest first."""
    told = Notice.objects.filter(person_id=person_id)
    if community_id is not None:
        told = told.filter(community_id=community_id)
    return told.select_related("community").order_by("-created_at", "id")


def digest_of(person_id: UUID, notice_id: UUID) -> Notice:
    """The person's own digest, whatever became of its letter."""
    mine = Notice.objects.filter(person_id=person_id, id=notice_id, topic=FOLLOWED).select_related("community")
    digest = mine.order_by("id").first()
    if digest is None:
        raise Missing("notices.no_such_digest")
    return digest


def unread_notices_count(person_id: UUID) -> int:
    return Notice.objects.filter(person_id=person_id, read_at=None).count()


def mail_choices(person_id: UUID) -> Mapping[str, bool]:
    """Every topic → whether it comes by mail."""
    chosen = dict(MailChoice.objects.filter(person_id=person_id).order_by("topic").values_list("topic", "is_mailed"))
    return {topic: chosen.get(topic, True) for topic in choosable_topics()}


def is_wanted(notice: Notice) -> bool:
    """Asked at the last moment: what was stopped after the letter was queued is not sent."""
    if notice.person_id is None or notice.template in ONE_ADDRESS:
        return True
    subscriptions = Subscription.objects.filter(person_id=notice.person_id, community_id=notice.community_id)
    if notice.topic == FOLLOWED:
        return subscriptions.filter(rhythm=notice.facts["rhythm"]).exists()
    if notice.subscription_id is not None:
        return subscriptions.filter(pk=notice.subscription_id).exists()
    return is_mailed(notice.person_id, notice.topic)


def is_mailed(person_id: UUID, topic: str) -> bool:
    return not MailChoice.objects.filter(person_id=person_id, topic=topic, is_mailed=False).exists()


def is_texted(person_id: UUID, topic: str) -> bool:
    """Only whoever has asked for it."""
    return MailChoice.objects.filter(person_id=person_id, topic=topic, is_texted=True).exists()


def is_pushed(person_id: UUID, topic: str) -> bool:
    return not MailChoice.objects.filter(person_id=person_id, topic=topic, is_pushed=False).exists()
