"""Where a house stands in a place that does not exist: every street has its own line, numbers go along it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, pi, radians, sin
from random import Random
from typing import Any, Final

import shapely

from edem.config.sample.reading import Place

METRES_A_DEGREE: Final = 111_195
HOUSES: Final = 64
_STREET: Final = 1.6
"""Its length in radii of the place."""
_VERGE_M: Final = 9
_CORNERS: Final = 8
_FIELD: Final = 0.02
"""Degrees, some two kilometres."""


@dataclass(frozen=True, kw_only=True)
class Street:
    """A straight line through its place, never far from the middle."""

    place: Place
    angle: float
    aside: float

    def at(self, house: int, *, along: float = 0, across: float = 0) -> tuple[float, float]:
        """Before this house; so many metres on, so many aside."""
        on = (house / HOUSES - 0.5) * _STREET * self.place.radius + along
        off = self.aside + across
        east = on * cos(self.angle) - off * sin(self.angle)
        north = on * sin(self.angle) + off * cos(self.angle)
        return moved(self.place.at, east=east, north=north)


def street_of(place: Place, name: str) -> Street:
    line = Random(f"{place.code}:{name}")
    return Street(place=place, angle=line.uniform(0, pi), aside=line.uniform(-0.6, 0.6) * place.radius)


def spot(place: Place, street: str, house: int, *, rng: Random) -> tuple[float, float]:
    """Odd numbers on one side, even on the other, and a few metres of chance."""
    along = rng.uniform(-6, 6)
    across = (_VERGE_M if house % 2 else -_VERGE_M) + rng.uniform(-3, 3)
    return street_of(place, street).at(house, along=along, across=across)


def moved(at: tuple[float, float], *, east: float, north: float) -> tuple[float, float]:
    lat, lon = at
    return (
        round(lat + north / METRES_A_DEGREE, 6),
        round(lon + east / (METRES_A_DEGREE * cos(radians(lat))), 6),
    )


def area_around(place: Place) -> list[list[float]]:
    """The place's outline as GeoJSON has it: longitude first, closed, against the clock."""
    ring = []
    for corner in range(_CORNERS):
        turn = 2 * pi * corner / _CORNERS
        lat, lon = moved(place.at, east=1.5 * place.radius * cos(turn), north=1.5 * place.radius * sin(turn))
        ring.append([lon, lat])
    return [*ring, ring[0]]


def border_around(places: Iterable[Place]) -> dict[str, Any]:
    """One field's width around all its settlements."""
    corners = shapely.MultiPoint([corner for place in places for corner in area_around(place)])
    written: dict[str, Any] = json.loads(shapely.to_geojson(corners.convex_hull.buffer(_FIELD, quad_segs=2)))
    return written


def is_village(place: Place) -> bool:
    return place.district.endswith("округ") and not place.flats
