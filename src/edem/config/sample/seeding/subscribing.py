"""What the personas follow besides what they signed: a topic, a place, the whole community, each in its own rhythm."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from edem.config.sample.charters import CATEGORIES
from edem.config.sample.seeding.registering import People
from edem.foundation.communities.models import Community
from edem.foundation.notices.models import Subscription
from edem.foundation.notices.subjects import Kind, Rhythm, Subject
from edem.services.petitions.queries.charters import CODE

HOME: Final = "home"
"""Stands for the settlement that the persona lives in."""
FOLLOWED: Final = {
    "olena-tkachuk": (
        (Subject(Kind.TOPIC, CODE, CATEGORIES["schools"]), Rhythm.DAILY),
        (Subject(Kind.TOPIC, CODE, CATEGORIES["safety"]), Rhythm.IMMEDIATE),
    ),
    "mariia-bondar": ((Subject(Kind.SETTLEMENT, "", HOME), Rhythm.WEEKLY),),
    "danylo-savchuk": ((Subject(Kind.COMMUNITY), Rhythm.DAILY),),
    "iryna-danyliuk": ((Subject(Kind.COMMUNITY), Rhythm.WEEKLY),),
    "petro-hnatiuk": ((Subject(Kind.TOPIC, CODE, CATEGORIES["transport"]), Rhythm.WEEKLY),),
}
BEGAN: Final = timedelta(days=40)


def follow_things(community: Community, people: People, *, now: datetime) -> None:
    Subscription.objects.bulk_create(_subscriptions(community, people, since=now - BEGAN))


def _subscriptions(community: Community, people: People, *, since: datetime) -> Iterator[Subscription]:
    for each in people.values():
        for subject, rhythm in FOLLOWED.get(each.resident.key, ()):
            key = each.resident.settlement_code if subject.key == HOME else subject.key
            yield Subscription(
                community=community,
                person_id=each.person.pk,
                kind=subject.kind,
                service=subject.service,
                key=key,
                rhythm=rhythm,
                since=since,
                source="page",
            )
