"""A community whose residents have a cabinet."""

import pytest

from edem.foundation.communities.tests.factories import CommunityFactory
from edem.services.petitions.tests.factories import charter_of_community


@pytest.fixture
def community(db):
    community = CommunityFactory(slug="zhytomyr")
    charter_of_community(community)
    return community
