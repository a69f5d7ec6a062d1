"""A community with its charter, petitions of today, and readers who walk its pages."""

import html
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from edem.config.testing.queries import NOT_COUNTED
from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.identity.tests.factories import identified_resident
from edem.foundation.places.models import Unit
from edem.services.petitions.tests.factories import PetitionFactory, charter_of_community, staff

DAY = timedelta(days=1)


@pytest.fixture
def now():
    return datetime.now(UTC)


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
        usual = {"community": community, "published_at": now - DAY, "closes_at": now + 30 * DAY}
        return PetitionFactory(collecting=True, **(usual | facts))

    return make


@pytest.fixture
def petition(collecting):
    return collecting()


@pytest.fixture
def read(client):
    """Reads a page of petitions as the client's reader sees it, without HTML's own signs."""

    def read(path="", *, status=200, **query):
        answer = client.get(f"/zhytomyr/petitions/{path}", query)
        assert answer.status_code == status, answer.content.decode()[:2000]
        return html.unescape(answer.content.decode())

    return read


@pytest.fixture
def send(client):
    """Sends a form of petitions; a page that is led on gives the address it leads to."""

    def send(path, typed=None, *, status=302):
        answer = client.post(f"/zhytomyr/petitions/{path}", {"csrfmiddlewaretoken": "-"} | (typed or {}))
        assert answer.status_code == status, html.unescape(answer.content.decode())[-3000:]
        return answer["Location"] if status == 302 else html.unescape(answer.content.decode())  # noqa: PLR2004

    return send


@pytest.fixture
def queries_of(client):
    """How many queries a page needs once the process is warm."""

    def queries_of(address):
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200  # noqa: PLR2004
        return sum(not query["sql"].startswith(NOT_COUNTED) for query in captured)

    return queries_of


@pytest.fixture
def settlement(community):
    """A village of the community, as clerks type it."""
    Unit.objects.create(
        code="UA18040190010099999", name="Заріччя", name_key="заріччя", category="C", community_code=community.katottg
    )


@pytest.fixture
def come(client, community):
    """Somebody of the staff at the desk; a clerk of the CNAP unless it is said who."""

    def come(who=None):
        worker = who or staff(community, "cnap_clerk")
        client.logout()
        client.sign_in(worker)
        return worker

    return come
