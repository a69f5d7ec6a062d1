"""What the map of a sample community shows: its streets and their houses, the roads between its places, their names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import asinh, cos, pi, radians, tan
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from edem.config.sample.reading import CommunityText, Place
from edem.config.sample.reports.geography import HOUSES, Street, border_around, street_of

LEAST, MOST = 8, 14
"""Zooms; nearer than that the browser draws the last one larger."""
_STREETS_FROM: Final = 11
_HOUSE_M: Final = 5
_WAY_M: Final = 12
_ROUND_M: Final = 40_075_017
"""The Earth, along the equator."""
_VERGES_M: Final = (-24, 24)
"""Behind the pavements, on which the reports lie."""

Position = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Shape:
    """In the square of the web's maps: from nought to one, eastwards and southwards."""

    layer: str
    outline: BaseGeometry
    name: str = ""
    least: int = LEAST


def shapes_of(community: CommunityText) -> list[Shape]:
    return [*land_of(community), *roads_of(community), *houses_of(community), *names_of(community)]


def land_of(community: CommunityText) -> Iterator[Shape]:
    [ring] = border_around(community.place)["coordinates"]
    land = shapely.Polygon([on_the_square((lat, lon)) for lon, lat in ring])
    yield Shape(layer="earth", outline=land)
    yield Shape(layer="boundaries", outline=land.exterior)


def roads_of(community: CommunityText) -> Iterator[Shape]:
    for one, other in joined(community.place):
        yield Shape(layer="roads", outline=line((one.at, other.at)))
    for place in community.place:
        for name in place.streets:
            street = street_of(place, name)
            ends = (street.at(0), street.at(HOUSES))
            yield Shape(layer="roads", outline=line(ends), name=name, least=_STREETS_FROM)


def houses_of(community: CommunityText) -> Iterator[Shape]:
    """Along every street, but not in the way of another."""
    ways = shapely.union_all([road.outline for road in roads_of(community)])
    for place in community.place:
        taken = ways.buffer(_WAY_M * metre_at(place))
        for name in place.streets:
            street = street_of(place, name)
            plots = (square_around(street, house, verge) for house in range(2, HOUSES, 2) for verge in _VERGES_M)
            yield from (
                Shape(layer="buildings", outline=plot, least=MOST) for plot in plots if not taken.intersects(plot)
            )


def names_of(community: CommunityText) -> Iterator[Shape]:
    """A town is named in its middle, and its parts where they are."""
    for settlement in community.settlement:
        parts = [place for place in community.place if place.settlement == settlement.name]
        if not parts:
            continue
        middle = shapely.MultiPoint([on_the_square(place.at) for place in parts]).centroid
        yield Shape(layer="places", outline=middle, name=settlement.name)
        if len(parts) > 1:
            for place in parts:
                named = shapely.Point(on_the_square(place.at))
                yield Shape(layer="places", outline=named, name=place.district, least=_STREETS_FROM)


def joined(places: Sequence[Place]) -> Iterator[tuple[Place, Place]]:
    """The fewest and shortest roads by which everybody reaches everybody."""
    reached, left = list(places[:1]), list(places[1:])
    while left:
        pairs = [
            (shapely.Point(one.at).distance(shapely.Point(other.at)), one, other) for one in reached for other in left
        ]
        _, one, other = min(pairs, key=lambda pair: pair[0])
        yield one, other
        left.remove(other)
        reached.append(other)


def square_around(street: Street, house: int, verge: float) -> BaseGeometry:
    sides = ((-_HOUSE_M, -_HOUSE_M), (_HOUSE_M, -_HOUSE_M), (_HOUSE_M, _HOUSE_M), (-_HOUSE_M, _HOUSE_M))
    return shapely.Polygon(
        [on_the_square(street.at(house, along=along, across=verge + across)) for along, across in sides]
    )


def line(ends: Sequence[Position]) -> BaseGeometry:
    return shapely.LineString([on_the_square(end) for end in ends])


def metre_at(place: Place) -> float:
    """On the square; it grows towards the poles."""
    return 1 / (_ROUND_M * cos(radians(place.at[0])))


def on_the_square(at: Position) -> Position:
    lat, lon = at
    return (lon + 180) / 360, (1 - asinh(tan(radians(lat))) / pi) / 2
