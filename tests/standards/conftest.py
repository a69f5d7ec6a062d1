"""A community with a petition in every public state, as outside programs find it; a city's provider for its staff."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import caches

from edem.foundation.people.models import OutsideAccount
from edem.foundation.people.outside.actions import ProviderFacts, add_provider
from edem.foundation.people.roles import Role
from edem.foundation.people.tests.factories import GrantFactory
from edem.services.petitions.actions.signing import add_signatures
from edem.services.petitions.models import Petition
from edem.services.petitions.rules.grounds import Ground
from edem.services.petitions.rules.lifecycle import IN_PUBLIC, State
from edem.services.petitions.tests.factories import PetitionFactory, new_signature
from tests.standards.openid_provider import BACK, CLIENT_ID, CLIENT_SECRET, SUBJECT, city_provider

DAY = timedelta(days=1)


@pytest.fixture
def community(db: None):  # it is written there
    now = datetime.now(UTC)
    collecting = PetitionFactory(collecting=True, title="Лавки & «тіні»: <прохання> № 1")
    Petition.objects.filter(pk=collecting.pk).update(published_at=now - DAY, closes_at=now + 30 * DAY)
    collecting.refresh_from_db()
    add_signatures([new_signature(collecting, who=name, arrived_at=now) for name in ("=Ткачук Олена", "Ґжицька Софія")])
    for state in sorted(IN_PUBLIC - {State.COLLECTING}):
        PetitionFactory(
            community=collecting.community,
            collecting=True,
            state=state,
            reached_at=now if state is State.REACHED else None,
            ground=Ground.NO_CONTENT if state is State.REJECTED else "",
            answered_at=now if state in {State.ANSWERED, State.FULFILLED} else None,
            answer="Так." if state in {State.ANSWERED, State.FULFILLED} else "",
        )
    return collecting.community


@pytest.fixture(scope="session")
def running_city():
    with city_provider(back=[BACK]) as provider:
        yield provider


@pytest.fixture
def city(running_city):
    """A city's OpenID Connect provider that behaves."""
    caches["process"].clear()
    running_city.next()
    return running_city


@pytest.fixture
def grant(db: None):  # it is written there
    return GrantFactory(role=Role.MODERATOR)


@pytest.fixture
def connected(city, grant):
    """The city's provider, settled by the installation; a second factor there does not count yet."""
    facts = ProviderFacts(
        code="misto", name="Вхід міста", issuer=city.issuer, client_id=CLIENT_ID, secret=CLIENT_SECRET,
        community_id=grant.community_id,
    )  # fmt: skip
    return add_provider(facts, by=None, now=datetime.now(UTC))


@pytest.fixture
def linked(connected, grant):
    """The worker's account there is known here."""
    return OutsideAccount.objects.create(
        provider=connected, person=grant.person, subject=SUBJECT, linked_at=datetime.now(UTC), linked_by=grant.person
    )
