"""People who follow lamps, and news of lamps, for the tests."""

from datetime import timedelta

from edem.foundation.notices.models import Subscription
from edem.foundation.notices.subjects import About, Kind, Rhythm, Subject
from edem.foundation.notices.telling import tell_followers
from edem.foundation.notices.tests.mails import lamp_lit
from edem.foundation.notices.tests.moments import NOW

COMMUNITY = Subject(Kind.COMMUNITY)
STREETS = Subject(Kind.TOPIC, "lamps", "Вулиці")
VILLAGE = Subject(Kind.SETTLEMENT, "", "UA1")
LAMP = Subject(Kind.ITEM, "lamps", "5")


def subscribed(person, subject, community, *, rhythm=Rhythm.IMMEDIATE, since=NOW - timedelta(days=30)):
    return Subscription.objects.create(
        community=community,
        person_id=person.pk,
        kind=subject.kind,
        service=subject.service,
        key=subject.key,
        rhythm=rhythm,
        since=since,
        source="test",
    )


def lit(community, number=5, *, at=NOW, title="Біля школи", **about):
    """Tell everyone who follows that this lamp is lit."""
    facts = {"service": "lamps", "item": str(number), "topic": "Вулиці", "settlement": "UA1", "is_wide": True} | about
    tell_followers(lamp_lit(number, title=title), About(**facts), community=community, now=at)
