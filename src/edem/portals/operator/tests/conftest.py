import pytest

from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.people.roles import Role
from edem.foundation.people.tests.factories import GrantFactory


@pytest.fixture
def community():
    return CommunityFactory(slug="zhytomyr")


@pytest.fixture
def admin(community):
    return GrantFactory(community=community, role=Role.COMMUNITY_ADMIN, person__display_name="Ірина Адамчук").person


@pytest.fixture
def desk(client, admin):
    client.sign_in(admin)
    return client
