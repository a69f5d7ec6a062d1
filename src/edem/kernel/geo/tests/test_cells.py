"""Cells: one number a point, one range a tile, and no near point outside of its ranges."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.kernel.errors import Invalid
from edem.kernel.geo.cells import (
    ZOOM,
    cell_of,
    cells_around,
    cells_within,
    corner_of,
    middle_of,
    parent_of,
    tile_box,
    tile_of,
    tile_range,
)
from edem.kernel.geo.points import Box, Point, distance_m
from edem.kernel.geo.tests.test_points import here, metres, points

zooms = st.integers(0, ZOOM)
tiles = zooms.flatmap(lambda z: st.tuples(st.just(z), st.integers(0, (1 << z) - 1), st.integers(0, (1 << z) - 1)))


@given(points)
def test_a_cell_fits_the_databases_number(point):
    assert 0 <= cell_of(point) < 1 << 44


@given(points, zooms)
def test_a_point_lies_in_the_range_of_its_tile_and_of_no_other(point, zoom):
    x, y = tile_of(point, zoom)
    start, end = tile_range(zoom, x, y)
    assert start <= cell_of(point) < end
    if zoom:
        start, end = tile_range(zoom, x ^ 1, y)
        assert not start <= cell_of(point) < end


@given(tiles)
def test_the_four_tiles_below_make_up_a_tile(tile):
    z, x, y = tile
    if z < ZOOM:
        below = sorted(tile_range(z + 1, 2 * x + right, 2 * y + down) for right in (0, 1) for down in (0, 1))
        assert (below[0][0], below[-1][1]) == tile_range(z, x, y)
        assert all(one[1] == other[0] for one, other in pairwise(below))


@given(tiles)
def test_a_tile_is_found_again_by_its_number(tile):
    z, x, y = tile
    cell = tile_range(z, x, y)[0]
    assert corner_of(parent_of(cell, z)) == (x, y)
    assert tile_of(middle_of(parent_of(cell, z), z), z) == (x, y)
    assert tile_box(z, x, y).holds(middle_of(parent_of(cell, z), z))


@given(here, metres, st.floats(-1, 1), st.floats(-1, 1))
def test_no_near_point_is_outside_the_ranges_around(point, far, north, east):
    near = Point(point.lat + north * far / 111_000, point.lon + east * far / 60_000)
    if distance_m(point, near) <= far:
        assert any(start <= cell_of(near) < end for start, end in cells_around(point, far))


@given(st.lists(points, min_size=2, max_size=2), points)
def test_whatever_a_box_holds_its_ranges_hold(corners, point):
    box = Box.of(corners)
    ranges = cells_within(box)
    if box.holds(point):
        assert any(start <= cell_of(point) < end for start, end in ranges)
    assert len(ranges) <= 9
    assert all(one[1] < other[0] for one, other in pairwise(ranges))


@given(here, st.floats(10, 2_000))
def test_the_ranges_around_are_not_much_wider_than_asked(point, far):
    """Else the index would be of no use: nine tiles, none wider than the circle asks for."""
    width = sum(end - start for start, end in cells_around(point, far))
    cell_m = 40_075_016 / (1 << ZOOM) * 0.6
    assert width * cell_m**2 < 60 * far**2 + 1_000


@pytest.mark.parametrize("tile", [(-1, 0, 0), (23, 0, 0), (3, 8, 0), (3, 0, -1), (0, 1, 0)])
def test_a_tile_that_does_not_exist_is_refused(tile):
    with pytest.raises(Invalid, match=r"geo\.no_such_tile"):
        tile_range(*tile)
