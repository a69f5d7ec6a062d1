"""A pin beyond the community's border, or far from all it reports: more likely a slip of the finger than a pothole."""

from typing import Final

from edem.foundation.communities.border import border_of, is_outside
from edem.foundation.communities.models import Community
from edem.kernel.errors import Invalid
from edem.kernel.geo.points import Point, distance_m
from edem.services.reports.queries.tiles import box_of

FAR_M: Final = 15_000.0


def kilometres_away(community: Community, point: Point | None) -> int | None:
    """None when it is where others are, when the border is known and holds it, or when nothing is known yet.

    Said to the writer, never refused.
    """
    box = box_of(community) if point is not None and border_of(community.pk) is None else None
    if point is None or box is None:
        return None
    nearest = Point(min(max(point.lat, box.south), box.north), min(max(point.lon, box.west), box.east))
    away = distance_m(point, nearest)
    return round(away / 1000) if away > FAR_M else None


def check_inside(community_id: int, point: Point | None) -> None:
    """A place beyond the border is another community's care; where nobody has drawn one, nothing is refused."""
    if point is not None and is_outside(community_id, point):
        raise Invalid("report.place_outside", field="place")
