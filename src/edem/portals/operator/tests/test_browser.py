"""The pages of administrators, of the country and of the rules in Chromium: accessible, and no wider than a phone."""

from datetime import UTC, date, datetime

import pytest

from edem.foundation.catalog.registry import manifest_of
from edem.foundation.communities.actions import Act, adopt_charter
from edem.foundation.communities.recording import unrecorded
from edem.foundation.communities.tests.factories import CommunityFactory, DistrictFactory, OrganisationFactory
from edem.foundation.people.roles import Role
from edem.foundation.people.tests.factories import GrantFactory
from edem.foundation.places.models import Unit
from edem.portals.operator.tests.test_charter_desk import RULES
from edem.portals.operator.tests.test_community_desk import DESK, PAGES
from edem.portals.operator.tests.test_platform import PAGES as PLATFORM_PAGES
from edem.ui.tests.browser import faults_on, opened

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

CODE = "UA18040190000029215"
PUBLIC = ["/", "/communities/?q=жит", "/communities/?q=ніде", "/communities/zhytomyrska/", "/zhytomyr/rules/"]
RULES_PAGES = ["/zhytomyr/rules/petitions/", "/zhytomyr/rules/petitions/1/"]


@pytest.fixture
def community():
    """A community with something on every page."""
    CommunityFactory(
        katottg=CODE, slug="zhytomyrska", name="Житомирська міська територіальна громада", listed_only=True
    )
    community = CommunityFactory(slug="zhytomyr", katottg="UA05020030010063857")
    Unit.objects.create(code="UA1", name="Вереси", category="C", community_code=community.katottg)
    DistrictFactory(community=community, name="Корбутівсько-Заячківський старостинський округ")
    OrganisationFactory(community=community)
    for threshold, number, since in ((250, "17/3", date(2026, 1, 20)), (333, "18/1", date(2026, 3, 10))):
        adopt_charter(
            community.pk,
            "petitions",
            charter=manifest_of("petitions").charter(threshold=threshold),
            act=Act(title="Положення про петиції", number=number, date=date(2026, 1, 10), url="https://rada.example/1"),
            clauses={"threshold": "п. 3.1", "collection": "п. 4.2"},
            in_force_from=since,
            record=unrecorded,
            now=datetime(2026, 3, 10, 9, tzinfo=UTC),
        )
    return community


def signed_in(visitor, **held):
    client = type(visitor)()
    client.sign_in(GrantFactory(**held).person)
    return client


@pytest.fixture
def pages(community, client) -> dict[str, str]:
    visitor, admin = client, signed_in(client, community=community, role=Role.COMMUNITY_ADMIN)
    operator = signed_in(client, community=None, role=Role.PLATFORM_OPERATOR)
    asked = [(visitor, address) for address in (*PUBLIC, *RULES_PAGES)]
    asked += [(admin, f"{DESK}{address}") for address in PAGES]
    asked += [(operator, f"/operator/{address}") for address in PLATFORM_PAGES]
    shown = {address: reader.get(address).content.decode() for reader, address in asked}
    change = {**RULES, "threshold": "500", "act_number": "19/2", "in_force_from": "2126-01-01"}
    shown["/preview"] = admin.post(f"{DESK}rules/petitions/", {**change, "step": "preview"}).content.decode()
    shown["/mistakes"] = admin.post(f"{DESK}rules/petitions/", {**change, "threshold": "0"}).content.decode()
    shown["/colour"] = admin.post(f"{DESK}look/", {"accent": "#ffd700"}).content.decode()
    return shown


@pytest.mark.parametrize(("width", "theme"), [(360, "dark"), pytest.param(1280, "light", marks=pytest.mark.full)])
def test_every_page_is_accessible_and_fits(pages, width, theme):
    addresses = {f"/{number:02}": address for number, address in enumerate(pages)}
    numbered = {number: pages[address] for number, address in addresses.items()}
    with opened(numbered, width=width, theme=theme) as page:
        assert {addresses[number]: faults for number, faults in faults_on(page, numbered).items()} == {}
