"""The map of very many reports in Chromium: one question for a window, later ones only for what it lacks."""

import itertools
import re

import pytest
from playwright.sync_api import expect

from edem.kernel.geo.cells import cell_of, tile_of
from edem.kernel.geo.points import Point
from edem.services.reports.actions.counting_cells import count_cells_anew
from edem.services.reports.queries import tiles
from edem.services.reports.queries.lists import Group, Wanted
from edem.services.reports.queries.tiles import tiles_of
from edem.services.reports.tests.factories import HERE, MARCH_2, ReportFactory
from edem.services.reports.web.map_windows import joined, places_read
from edem.ui.tests.browser import ORIGIN, opened

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
HOME = "/zhytomyr/reports/map/"
ZOOMS = (13, 14)
REACH = 6
LOADED = "document.querySelector('report-map').map.areTilesLoaded()"


@pytest.fixture
def scattered(community):
    for number in range(60):
        lat, lon = HERE.lat + number % 7 * 0.003, HERE.lon + number % 5 * 0.004
        ReportFactory(community=community, lat=lat, lon=lon, cell=cell_of(Point(lat, lon)))
    count_cells_anew(community.pk, now=MARCH_2)


@pytest.fixture
def town(scattered, community, client, monkeypatch):
    """The map's page when there are too many for columns, and every tile round the town: the browser has no database."""
    monkeypatch.setattr(tiles, "MOST_COLUMNS", 10)
    html = client.get(HOME, {"state": "all"}).content.decode()
    made = {}
    for zoom in ZOOMS:
        x, y = tile_of(HERE, zoom)
        places = list(itertools.product(range(x - REACH, x + REACH + 1), range(y - REACH, y + REACH + 1)))
        made[zoom] = dict(zip(places, tiles_of(community, Wanted(group=Group.ALL), z=zoom, places=places), strict=True))
    return html, made


class Asked(list):
    """Questions for windows, each as a zoom and its tiles; answered from what was made before."""

    def __init__(self, made):
        self.made = made

    def answer(self, route):
        zoom, places = re.search(r"/(\d+)/([-\d_]+)\.tiles", route.request.url).groups()
        self.append((int(zoom), places_read(places)))
        body = joined([self.made[int(zoom)][place] for place in places_read(places)])
        route.fulfill(body=body, content_type="application/octet-stream")

    @property
    def tiles(self):
        return [(zoom, place) for zoom, places in self for place in places]


@pytest.fixture
def asked(town):
    return Asked(town[1])


def shown(page, zoom=14):
    """The tiles under the map's own bounds."""
    west, south, east, north = page.evaluate("document.querySelector('report-map').map.getBounds().toArray().flat()")
    (left, top), (right, bottom) = tile_of(Point(north, west), zoom), tile_of(Point(south, east), zoom)
    return {(zoom, place) for place in itertools.product(range(left, right + 1), range(top, bottom + 1))}


def moved(page, script):
    page.evaluate(f"document.querySelector('report-map').map.{script}")
    until(page, LOADED)


def until(page, script):
    """The page's policy lets nobody evaluate in it, so it is asked from outside."""
    for _ in range(100):
        page.wait_for_timeout(100)
        if page.evaluate(script):
            return
    raise AssertionError(script)


@pytest.mark.parametrize("width", [360, 1280])
def test_a_window_is_one_question_and_panning_asks_for_what_is_missing(town, asked, width):
    with opened({HOME: town[0]}, width=width, theme="light") as page:
        page.route(re.compile(r"\.tiles"), asked.answer)
        page.goto(f"{ORIGIN}{HOME}?state=all&lat={HERE.lat}&lon={HERE.lon}&z=14")
        expect(page.locator("report-map[data-ready]")).to_be_attached(timeout=20_000)
        assert len(asked) == 1
        assert set(asked.tiles) == shown(page)

        moved(page, "panBy([600, 0], { animate: false })")
        assert len(asked) == 2
        assert set(asked.tiles) >= shown(page)
        moved(page, "panBy([-600, 0], { animate: false })")
        moved(page, "jumpTo({ zoom: 13 })")
        moved(page, "jumpTo({ zoom: 14 })")
        assert [zoom for zoom, _ in asked] == [14, 14, 13], "what has come is kept"
        assert len(asked.tiles) == len(set(asked.tiles))
        assert page.faults == []


def test_what_a_window_brings_is_drawn_and_what_was_lost_is_asked_for_again(town, asked):
    with opened({HOME: town[0]}, width=1280, theme="light") as page:
        lost = []
        page.route(re.compile(r"\.tiles"), asked.answer)
        page.route(re.compile(r"\.tiles"), lambda route: (lost.append(route), route.abort()), times=1)
        page.goto(f"{ORIGIN}{HOME}?state=all&lat={HERE.lat}&lon={HERE.lon}&z=14")
        expect(page.locator("report-map[data-ready]")).to_be_attached(timeout=20_000)
        moved(page, "jumpTo({ zoom: 13 })")
        moved(page, "jumpTo({ zoom: 14 })")
        moved(page, "refreshTiles('reports')")
        until(page, LOADED)
        assert lost
        assert (14, tile_of(HERE, 14)) in asked.tiles
        seen = page.evaluate(
            "document.querySelector('report-map').map.queryRenderedFeatures({ layers: ['reports'] }).map(each => each.id)"
        )
        assert len(set(seen)) > 10
