"""Reports no farther from a point than so many metres: the index gives the cells, the great circle cuts them."""

from dataclasses import dataclass
from math import cos, radians, sin
from typing import Final

from django.db.models import F, FloatField, Q, Value
from django.db.models.expressions import Combinable, ExpressionWrapper
from django.db.models.functions import Cos, Power, Radians, Sin
from django.db.models.lookups import LessThanOrEqual

from edem.kernel.errors import Invalid
from edem.kernel.geo.points import EARTH_M, Point
from edem.services.reports.rules.watching import MOST_RADIUS_M

PARTS: Final = 3


@dataclass(frozen=True, kw_only=True)
class Circle:
    centre: Point
    metres: int

    @property
    def written(self) -> str:
        """As an address has it."""
        return f"{self.centre.lat:.6f},{self.centre.lon:.6f},{self.metres}"


def circle_read(text: str) -> Circle | None:
    """«lat,lon,metres»; anything else, and what nobody may watch, is no circle."""
    parts = text.split(",")
    try:
        lat, lon, metres = float(parts[0]), float(parts[1]), int(parts[2])
        centre = Point(lat, lon)
    except (ValueError, IndexError, Invalid):
        return None
    return Circle(centre=centre, metres=metres) if len(parts) == PARTS and 0 < metres <= MOST_RADIUS_M else None


def nearer_than(circle: Circle) -> Q:
    """The haversine of `kernel.geo.points.distance_m`, for the database; its arcsine is taken on our side."""
    here = circle.centre
    chord = _half_sine_squared("lat", here.lat) + Value(cos(radians(here.lat))) * Cos(
        Radians(F("lat"))
    ) * _half_sine_squared("lon", here.lon)
    return Q(LessThanOrEqual(_number(chord), Value(sin(circle.metres / EARTH_M / 2) ** 2)))


def _half_sine_squared(field: str, degrees: float) -> Combinable:
    return Power(Sin(_number(Radians(F(field) - Value(degrees)) / Value(2.0))), Value(2.0))


def _number(expression: Combinable) -> Combinable:
    return ExpressionWrapper(expression, output_field=FloatField())
