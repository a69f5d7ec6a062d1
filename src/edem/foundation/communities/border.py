"""The border of a community: what lies outside is another community's care."""

from datetime import datetime
from functools import lru_cache
from typing import Final

from edem.foundation.communities.models import Border
from edem.kernel.geo.areas import Area, area_from_geojson
from edem.kernel.geo.points import Point

NEAR_M: Final = 250.0
"""Borders are drawn by hand and phones err: so far outside a place may still be the community's."""


def border_of(community_id: int) -> Area | None:
    """None while nobody has drawn it."""
    stamp = Border.objects.filter(community_id=community_id).order_by("pk").values_list("changed_at", flat=True).first()
    return _read(community_id, stamp) if stamp else None


def is_outside(community_id: int, place: Point) -> bool:
    """Never, while nobody has drawn the border."""
    border = border_of(community_id)
    return border is not None and border.distance_m(place) > NEAR_M


@lru_cache(maxsize=128)
def _read(community_id: int, _stamp: datetime) -> Area:
    """Once for each state of the border: a city's has thousands of corners."""
    return area_from_geojson(Border.objects.get(pk=community_id).area)
