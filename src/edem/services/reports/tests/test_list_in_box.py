"""The list of a part of the map: the same rows along the years as by cells, and never far beyond what is there."""

import itertools
import random
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from edem.kernel.geo.cells import cell_of
from edem.kernel.geo.points import Box, Point
from edem.services.reports.actions.counting_cells import count_cells_anew
from edem.services.reports.models import Report
from edem.services.reports.queries import in_box
from edem.services.reports.queries.in_box import counted_in_box, page_in_box, steps_along_the_years
from edem.services.reports.queries.lists import Group, Wanted, reports_listed
from edem.services.reports.tests.factories import HERE, MARCH_2, ReportFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MIDDLE = Box(south=HERE.lat, west=HERE.lon, north=HERE.lat + 0.01, east=HERE.lon + 0.01)
CORNER = Box(south=HERE.lat, west=HERE.lon, north=HERE.lat + 0.0005, east=HERE.lon + 0.0005)
WORLD = Box(south=-80, west=-179, north=80, east=179)


@pytest.fixture
def town(community):
    """Two hundred reports, nearly all of them in the middle; some hidden, some merged, two of one moment."""
    chance, traits = random.Random(5), ({}, {"accepted": True}, {"archived": True}, {"checking": True})
    lead = None
    for number in range(200):
        reach = 0.01 if number % 10 else 0.2
        place = Point(HERE.lat + chance.uniform(0, reach), HERE.lon + chance.uniform(0, reach))
        report = put(community, place, published_at=MARCH_2 + number // 2 * DAY, **traits[number % 4])
        if number % 17 == 0:
            Report.objects.filter(pk=report.pk).update(follows=lead)
        lead = report
    count_cells_anew(community.pk, now=MARCH_2)


def put(community, place, **facts):
    return ReportFactory(community=community, lat=place.lat, lon=place.lon, cell=cell_of(place), **facts)


@pytest.mark.parametrize("steps", [0, 10_000, 5])
def test_both_ways_show_the_same_rows_in_the_same_order(town, community, monkeypatch, steps):
    """Five steps are too few: then the cells are read after all."""
    # Which way is cheaper depends on millions of rows; here each is walked on the same few.
    monkeypatch.setattr(in_box, "steps_along_the_years", lambda *_args, **_more: steps)
    for box, group in itertools.product([MIDDLE, CORNER, WORLD], Group):
        check_both_ways(community, Wanted(group=group, box=box), box)


def check_both_ways(community, wanted, box):
    slow = [report.pk for report in reports_listed(community, wanted)]
    for start in range(0, len(slow), 20):
        stop = min(start + 20, len(slow))
        page = page_in_box(community, wanted, box, start=start, stop=stop)
        assert [report.pk for report in page] == slow[start:stop]
    assert counted_in_box(community, wanted, box, most=1_000) == len(slow)
    assert counted_in_box(community, wanted, box, most=7) == min(7, len(slow))


def test_a_crowded_part_is_looked_for_along_the_years_and_a_quiet_one_by_its_cells(town, community):
    everything = Wanted(group=Group.ALL)
    assert 0 < steps_along_the_years(community, everything, MIDDLE, stop=20) < 200
    assert steps_along_the_years(community, everything, CORNER, stop=20) == 0
    assert steps_along_the_years(community, everything, MIDDLE, stop=100) == 0, "a later page is reached by the cells"
    strip = Box(south=MIDDLE.south, west=HERE.lon + 0.005, north=MIDDLE.north, east=HERE.lon + 0.0051)
    assert steps_along_the_years(community, everything, MIDDLE, stop=1) > 0
    assert steps_along_the_years(community, everything, strip, stop=1) == 0, "its cells are full, it is narrow"
    nowhere = Box(south=1, west=1, north=2, east=2)
    assert steps_along_the_years(community, everything, nowhere, stop=20) == 0


def test_the_page_takes_the_way_along_the_years_and_says_how_many_there_are(town, community, client):
    box = f"{MIDDLE.west},{MIDDLE.south},{MIDDLE.east},{MIDDLE.north}"
    with CaptureQueriesContext(connection) as seen:
        page = client.get("/zhytomyr/reports/", {"state": "all", "box": box, "page": "1"}).content.decode()
    assert any("AS newest" in each["sql"] for each in seen.captured_queries)
    wanted = Wanted(group=Group.ALL, box=MIDDLE)
    assert f"Знайдено {reports_listed(community, wanted).count()} повідомлен" in page
    for report in reports_listed(community, wanted)[:20]:
        assert f"/reports/{report.pk}/" in page
