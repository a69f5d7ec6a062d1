"""Areas of the matrix as a map shows them: who answers for what part of the community."""

import json
from collections.abc import Sequence
from typing import Any, Final

import shapely

from edem.kernel.geo.areas import Area
from edem.kernel.geo.points import Point
from edem.services.reports.models import MatrixRule
from edem.services.reports.queries.matrix import area_of, matrix_lines

_FINE: Final = 0.00005
"""Degrees, some five metres: what is finer no screen shows."""

Shape = dict[str, Any]


def shapes_of(community_id: int) -> list[Shape]:
    """Each rule that has an area, by its words in the table beside the map."""
    return [
        _shape(f"{line.place}. {line.main}", area)
        for line in matrix_lines(community_id)
        if (area := area_of(line.rule.area)) is not None
    ]


def shapes_at(community_id: int, place: Point) -> list[Shape]:
    """The areas that this place lies in, with who is the main one there."""
    return [
        _shape(line.main, area)
        for line in matrix_lines(community_id)
        if (area := area_of(line.rule.area)) is not None and area.contains(place)
    ]


def shapes_held_by(community_id: int, organisation_id: int) -> list[Shape]:
    held = MatrixRule.objects.filter(
        community_id=community_id, area__isnull=False, targets__organisation_id=organisation_id, targets__is_main=True
    )
    areas: Sequence[Area | None] = [
        area_of(area) for area in held.order_by("position", "pk").values_list("area", flat=True)
    ]
    return [_shape("", area) for area in areas if area is not None]


def _shape(name: str, area: Area) -> Shape:
    written: dict[str, Any] = json.loads(shapely.to_geojson(shapely.simplify(area.shape, _FINE)))
    return {"name": name, "area": written}
