"""The map in Chromium: signs and clusters appear, a press opens the card, the address says what is seen; axe is content."""

import re
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from edem.kernel.geo.cells import cell_of
from edem.kernel.geo.points import Point
from edem.services.reports.tests.factories import HERE, ReportFactory
from edem.ui.tests.browser import ORIGIN, axe_faults, opened, shoot

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
HOME = "/zhytomyr/reports/"


@pytest.fixture
def scattered(community):
    """Sixty reports round one place, and one far to the north."""
    states = ["open", "accepted", "closed", "archived", "reopened"]
    for number in range(60):
        lat, lon = HERE.lat + number % 7 * 0.003, HERE.lon + number % 5 * 0.004
        trait = {} if states[number % 5] == "open" else {states[number % 5]: True}
        put(community, lat, lon, title=f"Повідомлення {number}", **trait)
    return put(community, HERE.lat + 0.1, HERE.lon, title="Далека яма")


def put(community, lat, lon, **facts):
    return ReportFactory(community=community, lat=lat, lon=lon, cell=cell_of(Point(lat, lon)), **facts)


@pytest.fixture
def drawn(client, scattered):
    """Opens a page with all that it asks the server for fetched before: the browser has no database."""

    @contextmanager
    def drawn(path, *, width, theme="light", scripts=True):
        html = client.get(f"{HOME}{path}").content.decode()
        wanted = {}
        if points := re.search(r'data-points="([^"]+)"', html):
            wanted[r"points\.json"] = points[1].replace("&amp;", "&")
            wanted[r"map/cards/"] = f"{HOME}map/cards/?ids={scattered.pk}"
        answers = {part: client.get(address) for part, address in wanted.items()}
        with opened({HOME + path.partition("?")[0]: html}, width=width, theme=theme, scripts=scripts) as page:
            for part, answer in answers.items():
                answering(page, part, answer)
            yield page

    return drawn


def answering(page: Page, part: str, answer) -> None:
    """What the server said before."""
    body, kind = answer.content, answer["Content-Type"]
    page.route(re.compile(part), lambda route: route.fulfill(body=body, content_type=kind))


@pytest.mark.parametrize("width", [360, 1280])
def test_few_reports_are_gathered_in_the_browser_and_each_opens_its_card(drawn, scattered, width):
    with drawn("map/?state=all", width=width) as page:
        page.goto(f"{ORIGIN}{HOME}map/?state=all&lat={scattered.lat}&lon={scattered.lon}&z=15")
        map_ = page.locator("report-map[data-ready]")
        expect(map_).to_be_attached(timeout=20_000)
        expect(map_).to_have_attribute("data-shown", "1")
        press_the_middle(page)
        expect(page.locator("[data-card]")).to_contain_text("Далека яма")
        shoot(page, "map-card")
        assert f"lat={scattered.lat:.5f}" in page.url
        assert "box=" in page.locator("a[data-this-part]").get_attribute("href")
        assert (page.faults, axe_faults(page)) == ([], [])
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_cluster_counts_its_reports_and_opens_nearer(drawn):
    with drawn("map/?state=all", width=1280, theme="dark") as page:
        page.goto(f"{ORIGIN}{HOME}map/?state=all&lat={HERE.lat + 0.009}&lon={HERE.lon + 0.008}&z=8")
        expect(page.locator("report-map[data-ready]")).to_have_attribute("data-shown", "1", timeout=20_000)
        shoot(page, "map-cluster")
        press_the_middle(page)
        expect(page).to_have_url(re.compile(r"[?&]z=(9|1\d)"))
        expect(page.locator("report-map")).not_to_have_attribute("data-shown", "1")
        page.wait_for_timeout(500)
        shoot(page, "map-nearer")
        assert page.faults == []


def test_a_map_that_is_moved_before_its_points_have_come_waits_for_them(drawn, scattered):
    with drawn("map/?state=all", width=1280) as page:
        late = []

        def hold(route):
            late.append(route)

        page.route(re.compile(r"points\.json"), hold)
        with page.expect_request(re.compile(r"points\.json")):
            page.goto(f"{ORIGIN}{HOME}map/?state=all&lat={scattered.lat}&lon={scattered.lon}&z=15")
        page.wait_for_function("() => document.querySelector('report-map').map")
        page.evaluate("() => document.querySelector('report-map').map.panBy([40, 0], { animate: false })")
        page.wait_for_timeout(200)  # the worker has been asked
        late[0].fallback()
        expect(page.locator("report-map[data-ready]")).to_be_attached(timeout=20_000)
        expect(page.locator("report-map")).to_have_attribute("data-shown", "1")
        assert page.faults == []


def test_whoever_presses_an_empty_place_may_report_what_is_wrong_there(drawn, scattered):
    with drawn("map/?state=all", width=360) as page:
        lat, lon = scattered.lat + 0.01, scattered.lon
        page.goto(f"{ORIGIN}{HOME}map/?state=all&lat={lat}&lon={lon}&z=15")
        expect(page.locator("report-map[data-ready]")).to_be_attached(timeout=20_000)
        expect(page.get_by_text("Торкніться порожнього місця")).to_be_visible()
        press_the_middle(page, drawn_there=False)
        link = page.locator("[data-card]").get_by_role("link", name="Повідомити про це місце")
        asked = parse_qs(urlsplit(link.get_attribute("href")).query)
        assert (float(asked["lat"][0]), float(asked["lon"][0])) == (
            pytest.approx(lat, abs=0.001),
            pytest.approx(lon, abs=0.001),
        )
        expect(page.locator(".maplibregl-marker")).to_have_count(1)
        shoot(page, "map-empty-place")
        assert (page.faults, axe_faults(page)) == ([], [])


def test_without_scripts_the_list_is_one_link_away(drawn):
    with drawn("map/", width=360, scripts=False) as page:
        page.goto(f"{ORIGIN}{HOME}map/")
        expect(page.get_by_role("link", name="Ці самі повідомлення — списком")).to_be_visible()
        expect(page.locator("main").get_by_role("link", name="Повідомити про проблему")).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_list_reads_well_and_fits(drawn, width):
    with drawn("", width=width) as page:
        page.goto(ORIGIN + HOME)
        shoot(page, "list")
        assert (page.faults, axe_faults(page)) == ([], [])
        assert page.evaluate("document.documentElement.scrollWidth") <= width


DRAWN_IN_THE_MIDDLE = """() => {
    const own = document.querySelector('report-map'), { clientWidth, clientHeight } = own.map.getContainer()
    return own.under({ x: clientWidth / 2, y: clientHeight / 2 }).length > 0
}"""


def press_the_middle(page: Page, *, drawn_there: bool = True) -> None:
    """What has come is drawn some frames later, on a slow machine many."""
    page.locator(".map").scroll_into_view_if_needed()
    if drawn_there:
        page.wait_for_function(DRAWN_IN_THE_MIDDLE)
    box = page.locator(".map").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
