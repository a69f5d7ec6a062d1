"""A community with its charter, petitions of today, and readers who walk its pages."""

from datetime import timedelta

import pytest

from edem.config.testing.pages import reader, sender
from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.identity.tests.factories import identified_resident
from edem.foundation.places.models import Unit
from edem.services.petitions.tests.factories import PetitionFactory, charter_of_community, staff

DAY = timedelta(days=1)


@pytest.fixture
def community(db):
    community = CommunityFactory(slug="zhytomyr")
    charter_of_community(community)
    return community


@pytest.fixture
def resident(community, now):
    return identified_resident(community, since=now - 2 * DAY)


@pytest.fixture
def collecting(community, now):
    """Makes petitions of the community that collect signatures today."""

    def make(**facts):
        usual = {"community": community, "published_at": now - DAY, "closes_at": now + 30.5 * DAY}
        return PetitionFactory(collecting=True, **(usual | facts))

    return make


@pytest.fixture
def petition(collecting):
    return collecting()


@pytest.fixture
def read(client):
    return reader(client, "/zhytomyr/petitions/")


@pytest.fixture
def send(client):
    return sender(client, "/zhytomyr/petitions/")


@pytest.fixture
def settlement(community):
    """A village of the community, as clerks type it."""
    Unit.objects.create(
        code="UA18040190010099999", name="Заріччя", name_key="заріччя", category="C", community_code=community.katottg
    )


@pytest.fixture
def come_as(client, community):
    """A worker of the community at the desk, in these roles."""

    def come_as(*roles):
        worker = staff(community, *roles)
        client.sign_in(worker)
        return worker

    return come_as


@pytest.fixture
def come(client, community):
    """Somebody of the staff at the desk; a clerk of the CNAP unless it is said who."""

    def come(who=None):
        worker = who or staff(community, "cnap_clerk")
        client.logout()
        client.sign_in(worker)
        return worker

    return come
