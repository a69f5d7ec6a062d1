"""What a person may do with their subscriptions: begin to follow, choose how often, stop."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from edem.foundation.communities.models import Community
from edem.foundation.notices.models import MailChoice, Subscription
from edem.foundation.notices.naming import check_may_follow
from edem.foundation.notices.subjects import Kind, Rhythm, Subject
from edem.foundation.notices.topics import ACCOUNT, STAFF, choosable_topics
from edem.kernel.errors import Conflict, Missing

MOST: Final = 500
"""Subscriptions of one person: far more than anybody reads."""
AT_ONCE: Final = 1_000


@dataclass(frozen=True, kw_only=True)
class ItemFollower:
    """Somebody who follows one item, asked for by the act itself (a signature with «писати мені»)."""

    person_id: UUID
    community_id: int
    item: str
    since: datetime


@transaction.atomic(durable=True)
def follow(
    person_id: UUID, subject: Subject, *, community: Community, rhythm: Rhythm, source: str, now: datetime
) -> None:
    """Begin to follow; whoever follows it already only changes how often they are written to."""
    check_may_follow(community, subject)
    if Subscription.objects.filter(person_id=person_id).count() >= MOST:
        raise Conflict("notices.too_many_subscriptions", most=MOST)

    follow_again(person_id, subject, community_id=community.pk, rhythm=rhythm, source=source, now=now)


def follow_again(
    person_id: UUID, subject: Subject, *, community_id: int, rhythm: Rhythm, source: str, now: datetime
) -> None:
    Subscription.objects.update_or_create(
        community_id=community_id,
        kind=subject.kind,
        service=subject.service,
        key=subject.key,
        person_id=person_id,
        defaults={"rhythm": rhythm},
        create_defaults={"rhythm": rhythm, "since": now, "source": source},
    )


def add_item_followers(followers: Iterable[ItemFollower], *, service: str, source: str) -> None:
    """Many at once and inside somebody else's transaction: no reading, one statement a thousand."""
    rows = [
        Subscription(
            community_id=each.community_id,
            person_id=each.person_id,
            kind=Kind.ITEM,
            service=service,
            key=each.item,
            since=each.since,
            source=source,
        )
        for each in followers
    ]
    if rows:
        Subscription.objects.bulk_create(rows, ignore_conflicts=True, batch_size=AT_ONCE)


@transaction.atomic(durable=True)
def change_rhythm(person_id: UUID, subscription_id: int, rhythm: Rhythm) -> None:
    if not Subscription.objects.filter(pk=subscription_id, person_id=person_id).update(rhythm=rhythm):
        raise Missing("notices.no_such_subscription")


def stop_one(person_id: UUID, subscription_id: int) -> None:
    """What has been stopped already stays stopped: two presses of one button are no error."""
    Subscription.objects.filter(pk=subscription_id, person_id=person_id).delete()


def stop_following(person_id: UUID, subject: Subject, *, community_id: int) -> None:
    Subscription.objects.filter(
        community_id=community_id, kind=subject.kind, service=subject.service, key=subject.key, person_id=person_id
    ).delete()


def forget_subject(subject: Subject, *, community_id: int) -> None:
    """Nobody follows it any more: it is closed and what is known of its people has gone."""
    Subscription.objects.filter(
        community_id=community_id, kind=subject.kind, service=subject.service, key=subject.key
    ).delete()


def stop_digest(person_id: UUID, rhythm: Rhythm, *, community_id: int) -> None:
    Subscription.objects.filter(person_id=person_id, community_id=community_id, rhythm=rhythm).delete()


@transaction.atomic(durable=True)
def stop_everything(person_id: UUID, *, now: datetime) -> None:
    """No subscription is left and no topic comes by mail; only letters about the account itself and staff's work do."""
    Subscription.objects.filter(person_id=person_id).delete()
    for topic in set(choosable_topics()) - {ACCOUNT, STAFF}:
        chosen = {"is_mailed": False, "is_texted": False, "is_pushed": False, "chosen_at": now}
        MailChoice.objects.update_or_create(person_id=person_id, topic=topic, defaults=chosen)
