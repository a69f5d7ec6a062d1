"""Points and boxes in degrees of WGS84."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import asin, cos, degrees, isfinite, radians, sin, sqrt
from typing import Final, Self

from edem.kernel.errors import Invalid

EARTH_M: Final = 6_371_008.8
"""The mean radius; a city is measured with an error under half a per cent."""
MOST_LAT: Final = 90.0
MOST_LON: Final = 180.0


@dataclass(frozen=True)
class Point:
    lat: float
    lon: float

    def __post_init__(self) -> None:
        if not (_is_within(self.lat, MOST_LAT) and _is_within(self.lon, MOST_LON)):
            raise Invalid("geo.not_a_point")


@dataclass(frozen=True, kw_only=True)
class Box:
    """From its south-western to its north-eastern corner, both within; it does not cross the date line."""

    south: float
    west: float
    north: float
    east: float

    def __post_init__(self) -> None:
        corners = _is_within(self.south, MOST_LAT) and _is_within(self.north, MOST_LAT)
        corners = corners and _is_within(self.west, MOST_LON) and _is_within(self.east, MOST_LON)
        if not (corners and self.south <= self.north and self.west <= self.east):
            raise Invalid("geo.not_a_box")

    @classmethod
    def around(cls, point: Point, metres: float) -> Self:
        """The smallest box that holds every point so far away, cut at the poles and at the date line."""
        lat = degrees(metres / EARTH_M)
        narrowest = cos(radians(min(MOST_LAT, abs(point.lat) + lat)))
        lon = (
            degrees(2 * asin(min(1.0, sin(min(metres / EARTH_M / 2, 1.5)) / narrowest))) if narrowest > 0 else MOST_LON
        )
        return cls(
            south=max(-MOST_LAT, point.lat - lat),
            west=max(-MOST_LON, point.lon - lon),
            north=min(MOST_LAT, point.lat + lat),
            east=min(MOST_LON, point.lon + lon),
        )

    @classmethod
    def of(cls, points: Iterable[Point]) -> Self:
        held = list(points)
        lats, lons = [point.lat for point in held], [point.lon for point in held]
        return cls(south=min(lats), west=min(lons), north=max(lats), east=max(lons))

    @property
    def centre(self) -> Point:
        return Point((self.south + self.north) / 2, (self.west + self.east) / 2)

    def holds(self, point: Point) -> bool:
        return self.south <= point.lat <= self.north and self.west <= point.lon <= self.east


def distance_m(one: Point, other: Point) -> float:
    """Along the great circle (haversine)."""
    half_lat = sin(radians(other.lat - one.lat) / 2)
    half_lon = sin(radians(other.lon - one.lon) / 2)
    chord = half_lat**2 + cos(radians(one.lat)) * cos(radians(other.lat)) * half_lon**2
    return 2 * EARTH_M * asin(min(1.0, sqrt(chord)))


def _is_within(degrees_: float, most: float) -> bool:
    """NaN is within nothing, and True is no number of degrees."""
    return (
        not isinstance(degrees_, bool)
        and isinstance(degrees_, int | float)
        and abs(degrees_) <= most
        and isfinite(degrees_)
    )
