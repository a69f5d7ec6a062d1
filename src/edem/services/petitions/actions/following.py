"""Following: who asked to be written to about a petition."""

from datetime import datetime

from edem.foundation.notices.subjects import Rhythm
from edem.foundation.notices.subscribing import follow as subscribe
from edem.foundation.notices.subscribing import stop_following
from edem.foundation.people.models import Person
from edem.services.petitions.models import Petition
from edem.services.petitions.queries.subjects import subject_of


def follow(petition: Petition, *, by: Person, now: datetime) -> None:
    subscribe(
        by.pk,
        subject_of(petition.pk),
        community=petition.community,
        rhythm=Rhythm.IMMEDIATE,
        source="page",
        now=now,
    )


def unfollow(petition: Petition, *, by: Person) -> None:
    stop_following(by.pk, subject_of(petition.pk), community_id=petition.community_id)
