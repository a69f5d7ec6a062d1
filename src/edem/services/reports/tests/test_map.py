"""The map: its page, its points as columns and as tiles, counted cells, addresses that last."""

import json
import re
from datetime import timedelta

import pytest

from edem.kernel.geo.cells import cell_of, tile_of
from edem.kernel.geo.columns import SCALE, read_columns
from edem.kernel.geo.points import Point
from edem.kernel.geo.tests.test_map_forms import tile_read
from edem.services.reports.actions.counting_cells import count_cells_anew, count_changed_cells
from edem.services.reports.models import CellCount, Report
from edem.services.reports.queries import tiles
from edem.services.reports.queries.lists import Group, Wanted
from edem.services.reports.queries.tiles import SHOWN_STATES, map_version
from edem.services.reports.queries.tiles import tile_of as points_in
from edem.services.reports.rules.lifecycle import State
from edem.services.reports.tests.factories import HERE, MARCH_2, ReportFactory, matrix_rule

pytestmark = pytest.mark.django_db
EVERYTHING = Wanted(group=Group.ALL)


@pytest.fixture
def scattered(community):
    """Forty reports of all states round one place."""
    states = ["open", "accepted", "closed", "archived", "reopened"]
    made = []
    for number in range(40):
        lat, lon = HERE.lat + number % 7 * 0.003, HERE.lon + number % 5 * 0.004
        state = states[number % 5]
        trait = {} if state == "open" else {state: True}
        made.append(ReportFactory(community=community, lat=lat, lon=lon, cell=cell_of(Point(lat, lon)), **trait))
    return made


@pytest.fixture
def crowded(monkeypatch):
    """As if a tile held no more than three points one by one."""
    monkeypatch.setattr(tiles, "MOST_RAW", 3)


def test_the_map_names_the_points_and_stands_beside_the_list(report, read):
    page = read("map/")
    assert "<report-map " in page
    assert "points.json" in page
    assert "Ці самі повідомлення — списком" in page
    assert "Відкрита повторно" in page


def test_without_scripts_the_map_page_says_where_the_same_is(report, read):
    assert "<noscript><p>Мапу малює скрипт" in read("map/")


def test_the_map_keeps_the_filters_of_the_list(report, read):
    assert "points.json?state=open&category=3.8" in read("map/", state="open", category="3.8")


def test_one_organisation_s_map_shows_its_areas(report, community, roads, read):
    ring = [[28.6, 50.2], [28.7, 50.2], [28.7, 50.3], [28.6, 50.2]]
    matrix_rule(community, roads, area={"type": "Polygon", "coordinates": [ring]})
    page = read(f"map/?organisation={roads.pk}")
    [told] = re.findall(r'<script id="areas" type="application/json">(.+?)</script>', page)
    assert ring[1] in json.loads(told)[0]["area"]["coordinates"][0]
    assert 'data-shapes="areas"' in page
    assert "data-shapes" not in read("map/")


def test_columns_say_what_the_reports_say(scattered, community):
    told = read_columns(tiles.columns_of(community, EVERYTHING))
    rows = zip(told["id"], told["lat"], told["lon"], told["state"], strict=True)
    said = {pk: (lat / SCALE, lon / SCALE, SHOWN_STATES[state - 1]) for pk, lat, lon, state in rows}
    assert said == {
        each.pk: (pytest.approx(each.lat, abs=1e-6), pytest.approx(each.lon, abs=1e-6), each.state)
        for each in scattered
    }


def test_a_report_without_a_place_is_in_the_list_only(community, report, read):
    ReportFactory(community=community, title="Без місця")
    assert "Без місця" in read()
    assert json.loads(tiles.columns_of(community, EVERYTHING))["count"] == 1


def test_what_is_not_public_is_in_no_tile_and_no_column(community):
    place = {"lat": HERE.lat, "lon": HERE.lon, "cell": cell_of(HERE)}
    ReportFactory(community=community, checking=True, **place)
    ReportFactory(community=community, state=State.REJECTED, **place)
    assert json.loads(tiles.columns_of(community, EVERYTHING))["count"] == 0
    count_cells_anew(community.pk, now=MARCH_2)
    assert not CellCount.objects.exists()
    for zoom in (0, 5, 12, 18):
        assert points_in(community, EVERYTHING, **place_in(zoom)) == b""


@pytest.mark.parametrize("zoom", [6, 12, 14])
def test_few_points_stand_in_a_tile_one_by_one(scattered, community, zoom):
    x, y = tile_of(HERE, zoom)
    here = {each.pk: each.state for each in scattered if tile_of(Point(each.lat, each.lon), zoom) == (x, y)}
    _, features = tile_read(points_in(community, EVERYTHING, z=zoom, x=x, y=y))
    assert {each["id"]: SHOWN_STATES[each["state"] - 1] for each in features} == here


@pytest.mark.parametrize("is_counted", [True, False])
def test_many_points_are_counted_by_colour_and_none_is_lost(scattered, community, crowded, is_counted):
    if is_counted:
        count_cells_anew(community.pk, now=MARCH_2)
    for zoom in (0, 4, 9, 12, 13):
        check_all_are_counted(scattered, community, zoom)


def check_all_are_counted(scattered, community, zoom):
    places = {tile_of(Point(each.lat, each.lon), zoom) for each in scattered}
    seen = [feature for x, y in places for feature in counted(community, zoom, x, y)]
    assert sum(each["count"] for each in seen) == 40
    assert sum(each["open"] for each in seen) == 16
    assert all(each["open"] + each["accepted"] + each["closed"] + each["archived"] == each["count"] for each in seen)


def test_cells_counted_beforehand_say_the_same_as_those_counted_now(scattered, community, crowded):
    zooms = (4, 9, 12)
    now = [points_in(community, EVERYTHING, **place_in(zoom)) for zoom in zooms]
    count_cells_anew(community.pk, now=MARCH_2)
    assert [points_in(community, EVERYTHING, **place_in(zoom)) for zoom in zooms] == now


def test_a_filter_other_than_the_state_is_counted_now(scattered, community, crowded):
    Report.objects.filter(pk=scattered[0].pk).update(category_codes=["2.1.1"])
    count_cells_anew(community.pk, now=MARCH_2)
    assert sum(each["count"] for each in counted(community, 4, *tile_of(HERE, 4))) == 40
    narrowed = Wanted(group=Group.ALL, category="2")
    (only,) = counted(community, 4, *tile_of(HERE, 4), wanted=narrowed)
    assert only["count"] == 1


def test_only_changed_cells_are_counted_again_and_all_come_out_the_same(scattered, community):
    assert count_changed_cells(community.pk, now=MARCH_2)
    later = MARCH_2 + timedelta(days=1)
    moved = scattered[3]
    Report.objects.filter(pk=moved.pk).update(state=State.REOPENED, updated_at=later)
    ReportFactory(community=community, placed=True, updated_at=later)
    assert count_changed_cells(community.pk, now=later)
    changed = set(rows_counted())
    count_cells_anew(community.pk, now=later)
    assert changed == set(rows_counted())
    assert count_changed_cells(community.pk, now=later + timedelta(hours=1)), (
        "those about to commit are looked at again"
    )
    assert not count_changed_cells(community.pk, now=later + timedelta(hours=2))


def test_words_that_stand_nowhere_leave_the_map_empty(scattered, community, crowded, client):
    nothing = Wanted(group=Group.ALL, text="дирижабль")
    assert json.loads(tiles.columns_of(community, nothing))["count"] == 0
    assert points_in(community, nothing, **place_in(12)) == points_in(community, nothing, **place_in(3)) == b""
    assert client.get("/zhytomyr/reports/map/", {"q": "дирижабль"}).status_code == 200


def test_addresses_of_points_change_when_a_report_changes(report, community, now):
    before = map_version(community, now=now)
    assert map_version(community, now=now) == before
    Report.objects.filter(pk=report.pk).update(updated_at=now)
    assert map_version(community, now=now) != before


def test_only_the_present_address_may_be_kept_for_ever(report, community, client, now):
    version = map_version(community, now=now)
    x, y = tile_of(HERE, 12)
    for address in ("points.json", f"12/{x}/{y}.mvt"):
        present = client.get(f"/zhytomyr/reports/map/{version}/{address}")
        assert "immutable" in present["Cache-Control"]
        old = client.get(f"/zhytomyr/reports/map/0-0-0/{address}")
        assert old.content == present.content
        assert "immutable" not in old["Cache-Control"]


@pytest.mark.parametrize("address", ["0-0-0/23/0/0.mvt", "0-0-0/3/8/0.mvt", "0-0-0/3/0/99999999999.mvt"])
def test_a_tile_that_does_not_exist_is_refused(report, client, address):
    assert client.get(f"/zhytomyr/reports/map/{address}").status_code == 422


def test_the_card_of_a_point_shows_its_report_and_no_hidden_one(report, community, client):
    hidden = ReportFactory(community=community, title="Приховане", state=State.REJECTED)
    shown = client.get(
        "/zhytomyr/reports/map/cards/", {"ids": f"{report.pk},{hidden.pk},x,,-1,{'9' * 30}"}
    ).content.decode()
    assert report.title in shown
    assert "Приховане" not in shown
    assert "Цього повідомлення вже немає" in client.get("/zhytomyr/reports/map/cards/").content.decode()


def test_the_map_begins_where_the_reports_are_and_not_where_one_strayed(scattered, community):
    ReportFactory(community=community, lat=0.0, lon=0.0, cell=cell_of(Point(0, 0)))
    box = tiles.box_of(community)
    assert box.holds(Point(HERE.lat + 0.009, HERE.lon + 0.008))
    assert not box.holds(Point(0, 0))
    assert box.north - box.south < 1


def place_in(zoom):
    x, y = tile_of(HERE, zoom)
    return {"z": zoom, "x": x, "y": y}


def counted(community, zoom, x, y, wanted=EVERYTHING):
    """Features of a tile whose properties of nought are left out; counted cells have no ids."""
    tile = points_in(community, wanted, z=zoom, x=x, y=y)
    return tile_read(tile)[1] if tile else []


def rows_counted():
    for row in CellCount.objects.order_by("pk"):
        yield row.zoom, row.cell, row.state, row.count, round(row.lat_sum, 6), round(row.lon_sum, 6)
