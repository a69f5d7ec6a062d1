"""The list of reports, the map's twin: groups of states, filters, search, pages."""

from datetime import timedelta

import pytest

from edem.config.testing.hostile import HOSTILE_WORDS
from edem.foundation.communities.tests.factories import CommunityFactory, OrganisationFactory
from edem.kernel.geo.cells import cell_of
from edem.kernel.geo.points import Point
from edem.services.reports.rules.lifecycle import ON_THE_MAP, State
from edem.services.reports.tests.factories import MARCH_2, ReportFactory, held

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MOST_QUERIES = 9

GROUPS = {
    "current": {"open", "reopened", "accepted", "closed"},
    "open": {"open", "reopened"},
    "accepted": {"accepted"},
    "closed": {"closed"},
    "archived": {"archived"},
    "all": {"open", "reopened", "accepted", "closed", "archived"},
}


@pytest.fixture
def seen(community):
    """Makes reports of the community, newer ones first."""

    def make(title, **facts):
        return ReportFactory(community=community, title=title, **facts)

    return make


@pytest.fixture
def one_in_each_state(community):
    for state in State:
        trait = {} if state == State.OPEN else {state.value: True}
        if state is State.REJECTED:
            trait = {"state": state}
        ReportFactory(community=community, title=f"Повідомлення «{state}»", **trait)


@pytest.mark.parametrize("group", GROUPS)
def test_each_group_shows_its_states_and_no_others(one_in_each_state, read, group):
    shown = read(state=group)
    assert {state.value for state in State if f"«{state}»" in shown} == GROUPS[group]


def test_what_is_checked_or_taken_out_is_in_no_list(one_in_each_state, read):
    everything = read(state="all")
    hidden = {state for state in State if f"«{state}»" not in everything}
    assert hidden == set(State) - set(ON_THE_MAP)


def test_the_list_is_narrowed_by_a_category_with_all_that_is_under_it(seen, read):
    seen("Смітник", category_codes=["2.1.1"])
    seen("Контейнер", category_codes=["3.8", "2.1.3"])
    seen("Яма", category_codes=["3.8"])
    assert shown_of(read(category="2.1")) == {"Смітник", "Контейнер"}
    assert shown_of(read(category="2.1.1")) == {"Смітник"}
    assert shown_of(read(category="3")) == {"Контейнер", "Яма"}


def test_the_list_is_narrowed_by_who_holds_the_report(seen, read, community):
    roads, parks = (OrganisationFactory(community=community, name=name) for name in ("Дороги", "Парки"))
    held(seen("Яма"), organisation=roads)
    held(seen("Смітник"), organisation=parks)
    assert shown_of(read(organisation=roads.pk)) == {"Яма"}


def test_the_list_is_narrowed_by_days_with_both_of_them_in_it(seen, read):
    seen("Яма", published_at=MARCH_2 - DAY)
    seen("Смітник", published_at=MARCH_2)
    seen("Контейнер", published_at=MARCH_2 + DAY)
    assert shown_of(read(since="2026-03-02", until="2026-03-02")) == {"Смітник"}
    assert shown_of(read(since="2026-03-02")) == {"Смітник", "Контейнер"}
    assert shown_of(read(until="2026-03-02")) == {"Яма", "Смітник"}


def test_the_list_shows_one_part_of_the_map(seen, read):
    seen("Яма", **at(50.25, 28.65))
    seen("Смітник", **at(50.30, 28.70))
    seen("Контейнер")
    narrowed = read(box="28.6,50.2,28.66,50.26")
    assert shown_of(narrowed) == {"Яма"}
    assert "Показати всю громаду" in narrowed


def test_the_newest_stand_first(seen, read):
    seen("Яма", published_at=MARCH_2 - DAY)
    seen("Смітник", published_at=MARCH_2)
    page = read()
    assert page.index("Смітник") < page.index("Яма</a>")


def test_a_tab_keeps_the_other_filters(seen, read):
    assert "?category=2.1&since=2026-03-01&state=open" in read(category="2.1", since="2026-03-01", state="closed")


def test_an_empty_list_says_what_to_do_next(community, read):
    page = read()
    assert "Знайдено 0 повідомлень" in page
    assert "Повідомити про проблему" in page


def test_reports_of_another_community_are_not_shown(seen, read):
    ReportFactory(community=CommunityFactory(slug="elsewhere", services=["reports"]), title="Чуже")
    seen("Яма")
    assert "Чуже" not in read(state="all")


HOSTILE = (*HOSTILE_WORDS, "nan,nan,nan,nan", "1,2,3", "0000-00-00")


def test_no_question_to_the_list_breaks_it(report, client):
    for hostile in HOSTILE:
        for name in ("q", "state", "category", "organisation", "since", "until", "box", "page"):
            answer = client.get("/zhytomyr/reports/", {name: hostile})
            assert answer.status_code == 200, (name, hostile[:20])


def test_the_last_day_that_there_is_breaks_nothing(report, client):
    assert client.get("/zhytomyr/reports/", {"since": "9999-12-31", "until": "9999-12-31"}).status_code == 200


def test_the_list_asks_the_database_as_often_for_many_rows_as_for_few(seen, client, queries_of, assert_queries):
    for number in range(3):
        held(seen(f"Яма {number}"))
    few = queries_of("/zhytomyr/reports/")
    for number in range(17):
        held(seen(f"Смітник {number}"))
    with assert_queries(few):
        client.get("/zhytomyr/reports/")
    assert few <= MOST_QUERIES


def test_the_feed_and_the_file_follow_the_filters(seen, client):
    seen("Яма", category_codes=["3.8"], **at(50.25, 28.65))
    seen("Смітник", category_codes=["2.1.1"])
    feed = client.get("/zhytomyr/reports/feed.atom", {"category": "3"})
    assert feed["Content-Type"].startswith("application/atom+xml")
    assert ("Яма" in feed.content.decode(), "Смітник" in feed.content.decode()) == (True, False)
    file = client.get("/zhytomyr/reports/reports.geojson", {"category": "3"}).json()
    assert [feature["properties"]["title"] for feature in file["features"]] == ["Яма"]
    assert file["features"][0]["geometry"]["coordinates"] == [28.65, 50.25]


def test_nothing_for_programs_names_the_author(seen, client):
    seen("Яма", author_name="Ольга Ткачук")
    for address in ("feed.atom", "reports.geojson"):
        assert "Ткачук" not in client.get(f"/zhytomyr/reports/{address}").content.decode()


def at(lat, lon):
    return {"lat": lat, "lon": lon, "cell": cell_of(Point(lat, lon))}


def shown_of(page):
    return {title for title in ("Яма", "Смітник", "Контейнер") if f"{title}</a>" in page}
