"""What waits stands above what is done, and whoever works on a page of a service finds it on the desk."""

import html
import re

import pytest

from edem.foundation.communities.tests.factories import CommunityFactory
from edem.services.petitions.cards import DESK_QUEUES
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.tests.factories import PetitionFactory, charter_of_community, staff

pytestmark = pytest.mark.django_db


def test_queues_with_work_stand_above_the_empty_ones(client):
    community = CommunityFactory(slug="zhytomyr")
    charter_of_community(community)
    PetitionFactory(community=community, collecting=True, state=State.FULFILMENT, due_at=None)
    client.sign_in(staff(community, "officer"))
    home = html.unescape(client.get("/zhytomyr/desk/").content.decode())
    titles = {queue.code: str(queue.title) for queue in DESK_QUEUES}
    assert home.index(f">{titles['petitions-fulfilment']}</h2>") < home.index("Порожньо, усе зроблено:")
    assert f">{titles['petitions-hand-over']}</h2>" not in home
    assert titles["petitions-hand-over"] in home.split("Порожньо, усе зроблено:")[1]


@pytest.mark.parametrize("role", ["responsible_worker", "head_of_organisation", "executor"])
def test_whoever_works_in_an_organisation_is_not_told_that_there_is_no_work(client, role):
    community = CommunityFactory(slug="zhytomyr", services=["petitions", "reports"])
    charter_of_community(community)
    client.sign_in(staff(community, role))
    home = html.unescape(client.get("/zhytomyr/desk/").content.decode())
    assert 'href="/zhytomyr/reports/organisation/"' in home
    main = re.search(r'<a class="button" data-tone="primary" href="([^"]+)"', home)
    assert main
    assert main[1] == f"/zhytomyr/reports/{'tasks' if role == 'executor' else 'organisation'}/"
    assert "Черг для вашої ролі немає" not in home
