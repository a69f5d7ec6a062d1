import html
from datetime import UTC, date, datetime

import pytest

from edem.foundation.audit.models import AuditEntry
from edem.foundation.communities.models import Community
from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.people.roles import Role
from edem.foundation.people.tests.factories import GrantFactory
from edem.foundation.places.models import CalendarVersion, Unit
from edem.foundation.places.queries import working_calendar

pytestmark = pytest.mark.django_db

CODE = "UA18040190000029215"
LATER = datetime(2100, 1, 1, tzinfo=UTC)
PAGES = [
    "",
    f"open/{CODE}/",
    "calendar/",
    "calendar/transfers/add/",
    "calendar/transfers/2026-08-21/remove/",
    "calendar/holidays/add/",
    "calendar/holidays/0/end/",
    "calendar/martial-law/",
]


@pytest.fixture
def listed():
    return CommunityFactory(
        katottg=CODE, slug="zhytomyrska", name="Житомирська міська територіальна громада", listed_only=True
    )


@pytest.fixture
def desk(client):
    client.sign_in(GrantFactory(community=None, role=Role.PLATFORM_OPERATOR).person)
    return client


def page(client, address: str = "", *, status: int = 200) -> str:
    answer = client.get(f"/operator/{address}")
    assert answer.status_code == status, html.unescape(answer.content.decode())[:800]
    return html.unescape(answer.content.decode()).replace("\u00a0", " ")


def sent(client, address: str, data: dict, *, status: int = 302) -> str:
    answer = client.post(f"/operator/{address}", data)
    assert answer.status_code == status, html.unescape(answer.content.decode())[-2500:]
    return html.unescape(answer.content.decode())


@pytest.mark.parametrize("address", PAGES)
def test_every_page_opens_for_the_platforms_operator_only(listed, client, address):
    assert client.get(f"/operator/{address}").status_code == 302
    client.sign_in(GrantFactory(role=Role.COMMUNITY_ADMIN).person)
    assert client.get(f"/operator/{address}").status_code == 403


@pytest.mark.parametrize("address", PAGES)
def test_every_page_shows_itself(listed, desk, address):
    assert "<h1>" in page(desk, address)


def test_the_community_desk_is_not_on_the_platforms_host(desk):
    assert desk.get("/admin-desk/").status_code == 404


def test_a_community_is_found_and_opened(listed, desk):
    assert f'href="/operator/open/{CODE}/"' in page(desk, "?q=житомирська")
    form = page(desk, f"open/{CODE}/")
    assert 'value="Житомирська міська територіальна громада"' in form
    assert 'name="slug" value="zhytomyrska"' in form
    names = {
        "name": "Житомирська міська територіальна громада",
        "name_genitive": "Житомирської міської територіальної громади",
        "name_locative": "у Житомирі",
        "council_name": "Житомирська міська рада",
    }
    assert "зайнято самою платформою" in sent(desk, f"open/{CODE}/", {**names, "slug": "operator"}, status=422)
    sent(desk, f"open/{CODE}/", {**names, "slug": "zhytomyr"})
    opened = Community.objects.get()
    assert (opened.slug, opened.is_open, opened.host) == ("zhytomyr", True, None)
    assert 'href="/zhytomyr/admin-desk/"' in page(desk)
    assert AuditEntry.objects.get().act == "communities.opened"
    page(desk, f"open/{CODE}/", status=409)


def test_a_community_of_the_codifier_comes_with_its_names(desk):
    kyiv = "UA80000000000093317"
    Unit.objects.create(code=kyiv, name="Київ", name_key="", category="K", community_code=kyiv)
    assert 'value="у Києві"' in page(desk, f"open/{kyiv}/")
    page(desk, "open/UA00000000000000000/", status=404)


def test_the_calendar_tells_what_holds(desk):
    shown = page(desk, "calendar/")
    assert "Діє з 24 лютого 2022" in shown
    assert "День Незалежності України" in shown
    assert "Указ Президента України № 64/2022" in shown


def test_the_end_of_martial_law_brings_the_holidays_back(desk):
    ended = {"until": "2025-12-01", "reason": "Закон № 1"}
    sent(desk, "calendar/martial-law/", ended)
    calendar = working_calendar(LATER)
    assert not calendar.is_working(date(2025, 12, 25))
    assert calendar.is_working(date(2025, 10, 1))
    assert "Зараз не діє." in page(desk, "calendar/")
    assert "Перший день воєнного стану" in page(desk, "calendar/martial-law/")
    assert AuditEntry.objects.get().act == "places.calendar_changed"


def test_a_day_is_moved_and_moved_back(desk):
    moved = {"off": "2125-08-20", "worked": "2125-08-25", "reason": "Розпорядження № 5-р"}
    sent(desk, "calendar/transfers/add/", moved)
    assert "Розпорядження № 5-р" in page(desk, "calendar/")
    assert "уже перенесено" in sent(desk, "calendar/transfers/add/", moved, status=422)
    sent(desk, "calendar/transfers/2125-08-20/remove/", {"reason": "Розпорядження № 6-р"})
    assert working_calendar(LATER).transfers == ()
    refused = sent(desk, "calendar/transfers/2125-08-20/remove/", {"reason": "Ще раз"}, status=422)
    assert "Такого перенесення немає." in refused


@pytest.mark.parametrize(
    ("rule", "status"),
    [
        ({"day": "9", "month": "9"}, 302),
        ({"after_easter": "50"}, 302),
        ({}, 422),
        ({"day": "9"}, 422),
        ({"day": "31", "month": "2"}, 422),
        ({"day": "9", "month": "9", "after_easter": "50"}, 422),
    ],
)
def test_a_holiday_has_one_rule(desk, rule, status):
    sent(
        desk,
        "calendar/holidays/add/",
        {"title": "День громади", "since": "2026", "reason": "Закон", **rule},
        status=status,
    )
    assert CalendarVersion.objects.count() == (2 if status == 302 else 1)


def test_a_holiday_is_ended(desk):
    sent(desk, "calendar/holidays/0/end/", {"year": "2030", "reason": "Закон"})
    assert working_calendar(LATER).holidays[0].until == 2030
    page(desk, "calendar/holidays/99/end/", status=404)


def test_no_change_goes_without_its_reason(desk):
    assert "Заповніть: «Підстава»" in sent(desk, "calendar/martial-law/", {"until": "2036-01-01"}, status=422)


def test_the_pages_make_few_queries(desk, listed, assert_queries):
    with assert_queries(10):
        desk.get("/operator/?q=жит")
    with assert_queries(6):
        desk.get("/operator/calendar/")
