"""Reads about notices, for the cabinet."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import QuerySet

from edem.foundation.notices.models import MailChoice, Notice
from edem.foundation.notices.topics import topics


def notices_of(person_id: UUID, *, community_id: int | None = None) -> QuerySet[Notice]:
    """Everything the person was told, the newest first."""
    told = Notice.objects.filter(person_id=person_id)
    if community_id is not None:
        told = told.filter(community_id=community_id)
    return told.select_related("community").order_by("-created_at", "id")


def unread_notices_count(person_id: UUID) -> int:
    return Notice.objects.filter(person_id=person_id, read_at=None).count()


def mail_choices(person_id: UUID) -> Mapping[str, bool]:
    """Every topic → whether it comes by mail."""
    chosen = dict(MailChoice.objects.filter(person_id=person_id).order_by("topic").values_list("topic", "is_mailed"))
    return {topic: chosen.get(topic, True) for topic in topics()}


def is_mailed(person_id: UUID, topic: str) -> bool:
    return not MailChoice.objects.filter(person_id=person_id, topic=topic, is_mailed=False).exists()
