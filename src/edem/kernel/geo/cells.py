"""Cells: every point has one number, near points have near numbers, a tile of the map is one range of them.

The number is the quadkey of zoom 22 as an integer (Morton order), so a plain B-tree serves tiles, boxes and circles.
"""

from collections.abc import Iterator
from math import asinh, atan, degrees, pi, radians, sinh, tan
from typing import Final

from edem.kernel.errors import Invalid
from edem.kernel.geo.points import Box, Point

ZOOM: Final = 22
"""A cell is about six metres wide in Ukraine; the number fits 44 bits."""
MOST_LAT: Final = 85.0511287798066
"""Where the square map of the web ends."""
_SIDE: Final = 1 << ZOOM
_MOST_TILES: Final = 9
_SPREADS: Final = ((16, 0x0000FFFF0000FFFF), (8, 0x00FF00FF00FF00FF), (4, 0x0F0F0F0F0F0F0F0F))
_SPREADS_FINE: Final = ((2, 0x3333333333333333), (1, 0x5555555555555555))

Range = tuple[int, int]
"""Half-open: the first cell, and the one after the last."""


def cell_of(point: Point) -> int:
    x, y = tile_of(point, ZOOM)
    return _morton(x, y)


def tile_of(point: Point, zoom: int) -> tuple[int, int]:
    """The tile of the web's usual scheme: x from the west, y from the north."""
    side = 1 << zoom
    lat = max(-MOST_LAT, min(MOST_LAT, point.lat))
    x = int((point.lon + 180) / 360 * side)
    y = int((1 - asinh(tan(radians(lat))) / pi) / 2 * side)
    return min(side - 1, max(0, x)), min(side - 1, max(0, y))


def tile_range(z: int, x: int, y: int) -> Range:
    check_tile(z, x, y)
    shift = 2 * (ZOOM - z)
    prefix = _morton(x, y)
    return prefix << shift, (prefix + 1) << shift


def tile_box(z: int, x: int, y: int) -> Box:
    check_tile(z, x, y)
    side = 1 << z
    return Box(
        south=_lat_of(y + 1, side), west=x / side * 360 - 180, north=_lat_of(y, side), east=(x + 1) / side * 360 - 180
    )


def check_tile(z: int, x: int, y: int) -> None:
    if not (0 <= z <= ZOOM and 0 <= x < 1 << z and 0 <= y < 1 << z):
        raise Invalid("geo.no_such_tile")


def parent_of(cell: int, zoom: int) -> int:
    """The number, at a smaller zoom, of the cell that holds this one of zoom 22."""
    return cell >> 2 * (ZOOM - zoom)


def corner_of(cell: int) -> tuple[int, int]:
    """The tile, x and y, that has this number at its zoom."""
    return _gathered(cell & _EVEN), _gathered(cell >> 1 & _EVEN)


def middle_of(cell: int, zoom: int = ZOOM) -> Point:
    x, y = corner_of(cell)
    side = 1 << zoom
    return Point(_lat_of(y + 0.5, side), (x + 0.5) / side * 360 - 180)


def cells_around(point: Point, metres: float) -> list[Range]:
    """A few ranges that together hold every point so near, and some others: measure those that are found."""
    return cells_within(Box.around(point, metres))


def cells_within(box: Box) -> list[Range]:
    """At most nine tiles, joined where their numbers follow one another, in order."""
    ranges: list[Range] = []
    for start, end in sorted(tile_range(*tile) for tile in _tiles_over(box)):
        if ranges and ranges[-1][1] == start:
            ranges[-1] = (ranges[-1][0], end)
        else:
            ranges.append((start, end))
    return ranges


def _tiles_over(box: Box) -> Iterator[tuple[int, int, int]]:
    for zoom in range(ZOOM, -1, -1):
        west, north = tile_of(Point(box.north, box.west), zoom)
        east, south = tile_of(Point(box.south, box.east), zoom)
        if (east - west + 1) * (south - north + 1) <= _MOST_TILES:
            break
    for x in range(west, east + 1):
        for y in range(north, south + 1):
            yield zoom, x, y


def _lat_of(y: float, side: int) -> float:
    return degrees(atan(sinh(pi * (1 - 2 * y / side))))


def _morton(x: int, y: int) -> int:
    return _spread(x) | _spread(y) << 1


_EVEN: Final = 0x5555555555555555


def _spread(number: int) -> int:
    """A zero bit before every bit."""
    for shift, mask in (*_SPREADS, *_SPREADS_FINE):
        number = (number | number << shift) & mask
    return number


def _gathered(number: int) -> int:
    masks = (0x3333333333333333, 0x0F0F0F0F0F0F0F0F, 0x00FF00FF00FF00FF, 0x0000FFFF0000FFFF, 0x00000000FFFFFFFF)
    for shift, mask in zip((1, 2, 4, 8, 16), masks, strict=True):
        number = (number | number >> shift) & mask
    return number
