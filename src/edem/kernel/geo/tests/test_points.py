"""Points, boxes and distances hold what geometry promises, and what is no place is refused."""

from math import cos, nan, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.kernel.errors import Invalid
from edem.kernel.geo.points import Box, Point, distance_m

points = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))
here = st.builds(Point, st.floats(44, 53), st.floats(22, 40))
metres = st.floats(0.1, 50_000)
KYIV, LVIV = Point(50.4501, 30.5234), Point(49.8397, 24.0297)


@pytest.mark.parametrize(
    ("lat", "lon"),
    [(nan, 30), (50, nan), (90.1, 0), (-91, 0), (0, 180.5), (float("inf"), 0), (True, 30), ("50", 30), (None, None)],
)
def test_what_is_no_place_on_earth_is_refused(lat, lon):
    with pytest.raises(Invalid, match=r"geo\.not_a_point"):
        Point(lat, lon)


@given(points, points)
def test_a_distance_is_the_same_both_ways_and_nought_to_itself(one, other):
    assert distance_m(one, other) == pytest.approx(distance_m(other, one))
    assert distance_m(one, one) == 0


@given(points, points, points)
def test_a_detour_is_never_shorter(one, other, third):
    assert distance_m(one, other) <= distance_m(one, third) + distance_m(third, other) + 1e-3


def test_kyiv_is_as_far_from_lviv_as_the_atlas_says():
    assert distance_m(KYIV, LVIV) == pytest.approx(468_000, rel=0.005)


@given(here, metres, st.floats(0, 360), st.floats(0, 0.999))
def test_a_box_around_a_point_holds_all_that_is_so_near(point, far, turn, part):
    step = far * part / 111_194.9
    lat = point.lat + step * cos(radians(turn))
    lon = point.lon + step * cos(radians(turn - 90)) / cos(radians(lat))
    near = Point(lat, lon)
    if distance_m(point, near) <= far:
        assert Box.around(point, far).holds(near)


@given(points, st.floats(0, 20_000_000))
def test_a_box_can_be_drawn_around_any_point(point, far):
    assert Box.around(point, far).holds(point)


@given(st.lists(points, min_size=1))
def test_the_box_of_points_holds_each_of_them(some):
    box = Box.of(some)
    assert all(box.holds(point) for point in some)


@pytest.mark.parametrize(
    ("south", "west", "north", "east"), [(1, 0, 0, 1), (0, 1, 1, 0), (nan, 0, 1, 1), (0, 0, 1, 181)]
)
def test_a_box_turned_inside_out_is_refused(south, west, north, east):
    with pytest.raises(Invalid, match=r"geo\.not_a_box"):
        Box(south=south, west=west, north=north, east=east)
