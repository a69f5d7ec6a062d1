"""Who hears of a report because of where it is or what it is about: as topics of subscriptions."""

from collections.abc import Collection, Mapping
from typing import Final
from urllib.parse import urlencode

from django.db.models import Q

from edem.foundation.catalog.manifest import Followable
from edem.foundation.communities.models import Community
from edem.kernel.geo.cells import cells_around
from edem.kernel.geo.points import Point, distance_m
from edem.services.reports.models import Report, WatchedArea
from edem.services.reports.queries.around import Circle
from edem.services.reports.queries.lists import in_cells
from edem.services.reports.rules.tree import lineage
from edem.services.reports.rules.watching import RADII, Watched, street_key

AREA: Final = "area:"
_LONGEST_ID: Final = 18


def topics_over(report: Report) -> tuple[str, ...]:
    """Everything above its categories, and the circles and streets that it lies in."""
    codes = {above for code in report.category_codes for above in lineage(code)} - set(report.category_codes[:1])
    return (*sorted(codes), *(topic_of(area_id) for area_id in areas_over(report)))


def topic_of(area_id: int) -> str:
    return f"{AREA}{area_id}"


def areas_over(report: Report) -> list[int]:
    """By an index for each radius that may be chosen, then by the true distance."""
    watched = WatchedArea.objects.filter(community_id=report.community_id)
    found: list[int] = []
    if report.lat is not None and report.lon is not None:
        here = Point(report.lat, report.lon)
        near = Q(pk__in=[])
        for radius in RADII:
            near |= Q(radius_m=radius) & in_cells(cells_around(here, radius))
        circles = watched.filter(near, kind=Watched.CIRCLE).order_by("pk")
        for pk, lat, lon, radius in circles.values_list("pk", "lat", "lon", "radius_m"):
            if lat is not None and lon is not None and distance_m(here, Point(lat, lon)) <= radius:
                found.append(pk)
    street = street_key(report.address)
    if street:
        streets = watched.filter(kind=Watched.STREET, street=street).order_by("pk")
        found += streets.values_list("pk", flat=True)
    return found


def areas_named(community: Community, keys: Collection[str]) -> Mapping[str, Followable]:
    """The areas among these topics, each with the list of its reports."""
    numbers = [int(key.removeprefix(AREA)) for key in keys if is_area(key)]
    found = WatchedArea.objects.filter(community=community, pk__in=numbers).order_by("pk")
    return {topic_of(area.pk): Followable(title=area.title, path=f"/reports/?{asked_of(area)}") for area in found}


def is_area(key: str) -> bool:
    number = key.removeprefix(AREA)
    return key.startswith(AREA) and number.isascii() and number.isdecimal() and len(number) <= _LONGEST_ID


def asked_of(area: WatchedArea) -> str:
    """Its reports as the filters of the list and of the feed ask for them: the same that its followers hear of."""
    if area.lat is None or area.lon is None:
        return urlencode({"street": area.street})
    circle = Circle(centre=Point(area.lat, area.lon), metres=area.radius_m)
    return urlencode({"around": circle.written})
