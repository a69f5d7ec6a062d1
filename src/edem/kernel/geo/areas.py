"""Areas: polygons that people draw or bring as GeoJSON, checked before anything relies on them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, isfinite, radians
from typing import Any, Final

import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from edem.kernel.errors import Invalid
from edem.kernel.geo.points import EARTH_M, MOST_LAT, MOST_LON, Box, Point

MOST_CORNERS: Final = 100_000
MOST_PARTS: Final = 5_000
"""Polygons, rings and holes together."""
MOST_BYTES: Final = 8_000_000
MOST_KM2: Final = 700_000
"""Larger than the country: somebody has drawn a wrong border."""
_SIMPLE_AREA: Final = 1e-12
"""In square degrees: less than a square decimetre is a line."""
_HOME: Final = Box(south=44.0, west=21.5, north=53.0, east=41.0)
"""Ukraine with a margin; here no latitude can be taken for a longitude."""

Ring = list[tuple[float, float]]
"""Corners as shapely has them: longitude first."""


@dataclass(frozen=True, eq=False)
class Area:
    shape: MultiPolygon

    @property
    def box(self) -> Box:
        west, south, east, north = self.shape.bounds
        return Box(south=south, west=west, north=north, east=east)

    def contains(self, point: Point) -> bool:
        """Its border belongs to it."""
        return bool(shapely.intersects_xy(self.shape, point.lon, point.lat))

    def distance_m(self, point: Point) -> float:
        """Nothing from within; otherwise to its nearest edge."""
        if self.contains(point):
            return 0.0
        return float(_flat(self.shape, point).distance(shapely.Point(0, 0)))

    def border_m(self, point: Point) -> float:
        """How far its border is, from within or from outside."""
        return float(_flat(self.shape, point).boundary.distance(shapely.Point(0, 0)))

    def km2(self) -> float:
        west, south, east, north = self.shape.bounds
        return float(_flat(self.shape, Point((south + north) / 2, (west + east) / 2)).area) / 1e6

    def geojson(self) -> dict[str, Any]:
        written: dict[str, Any] = json.loads(shapely.to_geojson(self.shape))
        return written


def area_from_text(text: str) -> Area:
    """GeoJSON as it comes in a file or a form."""
    if len(text) > MOST_BYTES:
        raise Invalid("geo.area_too_large")
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise Invalid("geo.not_an_area") from fault
    return area_from_geojson(value)


def area_from_geojson(value: object) -> Area:
    """A Polygon, a MultiPolygon, or Features of them: all together are one area."""
    polygons = [_polygon(rings) for rings in _counted(_polygons_in(value))]
    if not polygons:
        raise Invalid("geo.area_empty")
    _check_order([corner for polygon in polygons for corner in polygon.exterior.coords])
    whole = _whole(polygons)
    if whole.area < _SIMPLE_AREA:
        raise Invalid("geo.area_empty")
    area = Area(whole)
    shapely.prepare(whole)
    if area.km2() > MOST_KM2:
        raise Invalid("geo.area_too_large")
    return area


def _polygons_in(value: object) -> Iterator[Sequence[object]]:
    """Without recursion: a file nested a thousand deep ends here like any other that is no area."""
    if not isinstance(value, Mapping):
        raise Invalid("geo.not_an_area")
    match value.get("type"):
        case "FeatureCollection":
            for feature in _listed(value.get("features")):
                if not isinstance(feature, Mapping) or feature.get("type") != "Feature":
                    raise Invalid("geo.not_an_area")
                yield from _geometry(feature.get("geometry"))
        case "Feature":
            yield from _geometry(value.get("geometry"))
        case _:
            yield from _geometry(value)


def _geometry(value: object) -> Iterator[Sequence[object]]:
    kind = value.get("type") if isinstance(value, Mapping) else None
    if not isinstance(value, Mapping) or kind not in ("Polygon", "MultiPolygon"):
        raise Invalid("geo.not_an_area")
    corners = _listed(value.get("coordinates"))
    if kind == "Polygon":
        yield from ([corners] if corners else [])
    else:
        for polygon in corners:
            yield _listed(polygon)


def _counted(polygons: Iterator[Sequence[object]]) -> Iterator[list[Ring]]:
    parts = corners = 0
    for polygon in polygons:
        rings = []
        for ring in polygon:
            held = _listed(ring)
            parts, corners = parts + 1, corners + len(held)
            if parts > MOST_PARTS or corners > MOST_CORNERS:
                raise Invalid("geo.area_too_large")
            rings.append([_corner(corner) for corner in held])
        if rings:
            yield rings


def _corner(value: object) -> tuple[float, float]:
    """The third number, a height, is of no use here."""
    if not isinstance(value, list | tuple) or len(value) not in {2, 3}:
        raise Invalid("geo.not_an_area")
    lon, lat = value[0], value[1]
    if not (_is_degrees(lon, MOST_LON) and _is_degrees(lat, MOST_LAT)):
        raise Invalid("geo.not_a_point")
    return float(lon), float(lat)


def _is_degrees(value: object, most: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= most and isfinite(value)


def _polygon(rings: Sequence[Ring]) -> Polygon:
    if any(len(set(ring)) < 3 for ring in rings):  # noqa: PLR2004 - a triangle is the least
        raise Invalid("geo.area_empty")
    polygon = Polygon(rings[0], rings[1:])
    if not polygon.is_valid:
        _refuse(polygon)
    return polygon


def _whole(polygons: Sequence[Polygon]) -> MultiPolygon:
    """Parts that lie over one another become one: what a person means by several shapes."""
    joined = shapely.union_all(polygons) if len(polygons) > 1 else polygons[0]
    parts = joined.geoms if isinstance(joined, MultiPolygon) else [joined]
    return MultiPolygon([part for part in parts if isinstance(part, Polygon) and not part.is_empty])


def _refuse(polygon: Polygon) -> None:
    """GEOS names the fault and where it is: «Self-intersection[30.5 50.4]»."""
    reason = str(shapely.is_valid_reason(polygon))
    where = reason.partition("[")[2].rstrip("]").split()
    lon, lat = (*where, "", "")[:2]
    raise Invalid("geo.area_crosses_itself", lat=lat, lon=lon)


def _check_order(corners: Sequence[tuple[float, float]]) -> None:
    """A border of Ukraine with latitude first lies in Arabia; that is said, not drawn."""
    here = sum(_HOME.holds(Point(lat, lon)) for lon, lat in corners)
    turned = sum(_HOME.holds(Point(lon, lat)) for lon, lat in corners if abs(lon) <= MOST_LAT)
    if turned > here:
        raise Invalid("geo.coordinates_swapped")


def _listed(value: object) -> Sequence[object]:
    if not isinstance(value, list | tuple):
        raise Invalid("geo.not_an_area")
    return value


def _flat(shape: BaseGeometry, middle: Point) -> BaseGeometry:
    """In metres from this point: true near it, and near it is where metres are asked for."""
    by_lat = radians(1) * EARTH_M
    by_lon = by_lat * cos(radians(middle.lat))
    return shapely.transform(shape, lambda corners: (corners - (middle.lon, middle.lat)) * (by_lon, by_lat))
