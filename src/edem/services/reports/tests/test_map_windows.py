"""A window of the map: its tiles in one answer, each as it is alone; one address; counts that follow the reports."""

import itertools
import random
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from edem.kernel.geo.cells import cell_of, parent_of, tile_of
from edem.kernel.geo.points import Point
from edem.kernel.geo.tests.test_map_forms import tile_read
from edem.services.reports.actions.counting_cells import count_cells_anew, count_changed_cells
from edem.services.reports.models import CellCount, Report
from edem.services.reports.queries import tiles
from edem.services.reports.queries.lists import Group, Wanted
from edem.services.reports.queries.tiles import map_version, tiles_of
from edem.services.reports.rules.lifecycle import State
from edem.services.reports.tests.factories import HERE, MARCH_2, ReportFactory
from edem.services.reports.tests.test_importing import DAY, NOW, OPEN, carried
from edem.services.reports.web.map_windows import joined, written

pytestmark = pytest.mark.django_db
EVERYTHING = Wanted(group=Group.ALL)
ZOOMS = (0, 4, 6, 11, 13, 15, 16, 17, 19)
MOST_QUESTIONS = 3


@pytest.fixture
def crowd(community):
    """Sixty of all states, most of them close together, some a few hundred metres off."""
    chance = random.Random(3)
    traits = ({}, {"accepted": True}, {"closed": True}, {"archived": True}, {"reopened": True}, {"checking": True})
    made = []
    for number in range(60):
        reach = 0.0003 if number % 3 else 0.01
        place = Point(HERE.lat + chance.uniform(-reach, reach), HERE.lon + chance.uniform(-reach, reach))
        made.append(put(community, place, category_codes=["2.1.1" if number % 4 else "3.8"], **traits[number % 6]))
    return made


@pytest.fixture
def crowded(monkeypatch):
    """As if a tile held no more than five points one by one."""
    monkeypatch.setattr(tiles, "MOST_RAW", 5)


@pytest.mark.parametrize("is_counted", [True, False])
def test_tiles_of_a_window_are_the_single_tiles(crowd, community, crowded, is_counted):
    if is_counted:
        count_cells_anew(community.pk, now=MARCH_2)
    kinds = [EVERYTHING, Wanted(group=Group.OPEN), Wanted(group=Group.ALL, category="2")]
    for zoom, wanted in itertools.product(ZOOMS, kinds):
        places = around(zoom)
        together = tiles_of(community, wanted, z=zoom, places=places)
        assert any(together), (zoom, wanted)
        alone = [tiles.tile_of(community, wanted, z=zoom, x=x, y=y) for x, y in places]
        assert together == alone, (zoom, wanted)


def test_some_tiles_of_a_window_are_counted_and_some_show_their_points(crowd, community, crowded):
    count_cells_anew(community.pk, now=MARCH_2)
    kinds = {
        "count" in feature
        for tile in tiles_of(community, EVERYTHING, z=16, places=around(16))
        for feature in features_of(tile)
    }
    assert kinds == {True, False}


def test_a_window_asks_as_often_for_nine_tiles_as_for_one(crowd, community, crowded):
    count_cells_anew(community.pk, now=MARCH_2)
    for zoom in ZOOMS:
        for places in (around(zoom)[:1], around(zoom)):
            with CaptureQueriesContext(connection) as seen:
                tiles_of(community, EVERYTHING, z=zoom, places=places)
            assert len(seen) <= MOST_QUESTIONS, (zoom, len(places))


@pytest.mark.parametrize("zoom", [13, 16])
def test_a_crowded_window_reads_counted_cells_and_no_report(crowd, community, crowded, zoom):
    """Zoom 16 needs cells of zoom 19, the finest that are counted."""
    count_cells_anew(community.pk, now=MARCH_2)
    with CaptureQueriesContext(connection) as seen:
        [tile] = tiles_of(community, EVERYTHING, z=zoom, places=[tile_of(HERE, zoom)])
    assert all("count" in feature for feature in features_of(tile))
    assert not [each["sql"] for each in seen.captured_queries if "reports_report" in each["sql"]]


def test_the_answer_holds_the_tiles_in_the_order_of_its_address(crowd, community, client, now):
    address = f"/zhytomyr/reports/map/{map_version(community, now=now)}/14/{written(around(14))}.tiles"
    answer = client.get(address, {"state": "all"})
    assert answer.content == joined(tiles_of(community, EVERYTHING, z=14, places=around(14)))
    assert "immutable" in answer["Cache-Control"]
    old = client.get(f"/zhytomyr/reports/map/0-0-0/14/{written(around(14))}.tiles", {"state": "all"})
    assert old.content == answer.content
    assert "immutable" not in old["Cache-Control"]


MISSHAPEN = [
    "2-1_1-1",  # not from the west
    "1-2_1-1",
    "1-1_1-1",
    "01-1",
    "1-1_",
    "1",
    "1-1-1",
    "a-b",
    "9999-1",
    "9" * 400 + "-1",
    "_".join(f"{x}-1" for x in range(1, 10)) + "_1",
]


@pytest.mark.parametrize("places", MISSHAPEN)
def test_a_window_has_one_address_and_no_other_way_to_be_asked(report, client, places):
    assert client.get(f"/zhytomyr/reports/map/0-0-0/6/{places}.tiles").status_code == 422
    assert client.get("/zhytomyr/reports/map/0-0-0/6/1-1_2-1.tiles").status_code == 200


def test_more_tiles_than_a_screen_shows_are_refused(report, client):
    wide = [f"/zhytomyr/reports/map/0-0-0/7/{written([(x, 1) for x in range(number)])}.tiles" for number in (64, 65)]
    assert [client.get(address).status_code for address in wide] == [200, 422]


def test_the_map_asks_by_windows(report, read):
    assert '{z}/{places}.tiles?state=all"' in read("map/", state="all")


@pytest.mark.parametrize("zoom", [5, 13, 16])
def test_counts_follow_what_is_published_and_hidden(crowd, community, crowded, zoom):
    count_cells_anew(community.pk, now=MARCH_2)
    later, (x, y) = MARCH_2 + timedelta(hours=1), tile_of(HERE, zoom)

    def shown():
        return sum(each.get("count", 1) for each in features_of(tiles.tile_of(community, EVERYTHING, z=zoom, x=x, y=y)))

    def changed(report, **facts):
        Report.objects.filter(pk=report.pk).update(updated_at=later, **facts)
        count_changed_cells(community.pk, now=later)
        return shown()

    before = shown()
    assert before > 5
    put(community, HERE, updated_at=later)
    assert changed(put(community, HERE, checking=True), state=State.OPEN, published_at=later) == before + 2, "published"
    [here, *_] = [
        each for each in crowd if each.state == "accepted" and tile_of(place_of(each), 17) == tile_of(HERE, 17)
    ]
    assert changed(here, state=State.REJECTED) == before + 1, "hidden"


def test_a_report_that_an_import_has_moved_is_counted_where_it_is_now(community):
    first, second = OPEN, OPEN.replace("50,2547;28,6587", "50,2600;28,7000")
    carried(community, first)
    count_changed_cells(community.pk, now=NOW)
    carried(community, second, now=NOW + DAY)
    count_changed_cells(community.pk, now=NOW + DAY)
    assert rows_counted() == [(zoom, parent_of(cell_of(Point(50.26, 28.7)), zoom), "open", 1) for zoom in range(3, 20)]


def test_cells_that_were_counted_before_the_finest_zoom_was_are_counted_anew(crowd, community):
    later = [MARCH_2 + timedelta(days=number) for number in range(1, 4)]
    count_cells_anew(community.pk, now=later[0])
    whole = rows_counted()
    assert not count_changed_cells(community.pk, now=later[1]), "no report has changed since"
    CellCount.objects.filter(zoom=19).delete()
    assert count_changed_cells(community.pk, now=later[2])
    assert rows_counted() == whole


def put(community, place, **facts):
    return ReportFactory(community=community, lat=place.lat, lon=place.lon, cell=cell_of(place), **facts)


def place_of(report):
    return Point(report.lat, report.lon)


def around(zoom):
    """Nine tiles, or as many as the world has, in the order of an address."""
    x, y = tile_of(HERE, zoom)
    sides = [range(max(0, at - 1), min((1 << zoom) - 1, at + 1) + 1) for at in (x, y)]
    return list(itertools.product(*sides))


def features_of(tile):
    return tile_read(tile)[1] if tile else []


def rows_counted():
    return sorted(CellCount.objects.values_list("zoom", "cell", "state", "count"))
