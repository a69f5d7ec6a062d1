"""The list of one part of the map: by its cells where few lie in it, along the years where many do.

The middle of a great city holds tens of thousands: to sort them for the newest twenty takes longer than to look through
the newest thousand for those that lie there.
"""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil
from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet

from edem.foundation.communities.models import Community
from edem.kernel.geo.cells import ZOOM, Range, cells_within, tile_of
from edem.kernel.geo.points import Box, Point
from edem.services.reports.models import Report
from edem.services.reports.queries.cell_counts import COARSEST, FINEST, counted_in, counted_in_all
from edem.services.reports.queries.lists import STATES_OF, Wanted, inside, reports_listed, reports_wanted

MARGIN: Final = 3
"""So many times further than expected one looks before turning to the cells."""


def counted_in_box(community: Community, wanted: Wanted, box: Box, *, most: int) -> int:
    """Range by range, so that each is read out of one index, and no further than `most`."""
    arms: list[str] = []
    given: list[Any] = []
    for first, last in cells_within(box):
        here = reports_wanted(community, replace(wanted, box=None)).filter(inside(box), cell__gte=first, cell__lt=last)
        sql, more = here.order_by().values("pk").query.sql_with_params()
        arms.append(sql)
        given += more
    counting = f"SELECT count(*) FROM ({' UNION ALL '.join(arms)} LIMIT {most:d}) AS here"  # noqa: S608 - the ORM's own
    with connection.cursor() as cursor:
        cursor.execute(counting, given)
        return int(cursor.fetchone()[0])


def page_in_box(community: Community, wanted: Wanted, box: Box, *, start: int, stop: int) -> Sequence[Report]:
    """Of the newest in it those from `start` on, before `stop`."""
    steps = steps_along_the_years(community, wanted, box, stop=stop)
    if steps:
        ids = _along_the_years(community, replace(wanted, box=None), box, steps=steps, stop=stop)
        if len(ids) == stop:
            return list(reports_listed(community, wanted).filter(pk__in=ids[start:]))
    return list(reports_listed(community, wanted)[start:stop])


def steps_along_the_years(community: Community, wanted: Wanted, box: Box, *, stop: int) -> int:
    """How many of the newest to look through; none where the cells are read sooner."""
    ranges = cells_within(box)
    zoom = _zoom_of(ranges)
    if zoom > FINEST:
        return 0
    states = STATES_OF[wanted.group]
    in_cells = counted_in(community, max(zoom, COARSEST), ranges, states).whole
    in_box = in_cells * _share(box, ranges)
    if not in_box:
        return 0
    steps = ceil(MARGIN * stop * counted_in_all(community, states) / in_box)
    return steps if steps < in_cells else 0


def _along_the_years(community: Community, anywhere: Wanted, box: Box, *, steps: int, stop: int) -> list[int]:
    newest = reports_wanted(community, anywhere)[:steps]
    sql, given = _columns(newest).query.sql_with_params()
    within = "lat BETWEEN %s AND %s AND lon BETWEEN %s AND %s"
    looking = (
        f"SELECT id FROM ({sql}) AS newest WHERE {within} ORDER BY published_at DESC NULLS LAST, id DESC LIMIT {stop:d}"  # noqa: S608 - the ORM's own
    )
    with connection.cursor() as cursor:
        cursor.execute(looking, [*given, box.south, box.north, box.west, box.east])
        return [pk for (pk,) in cursor.fetchall()]


def _columns(reports: "QuerySet[Report]") -> "QuerySet[Report, tuple[object, ...]]":
    return reports.values_list("id", "lat", "lon", "published_at")


def _zoom_of(ranges: Sequence[Range]) -> int:
    """The finest zoom at which all of them are whole cells."""
    return ZOOM - min((last - first).bit_length() - 1 for first, last in ranges) // 2


def _share(box: Box, ranges: Sequence[Range]) -> float:
    """How much of the cells is in the box."""
    west, north = tile_of(Point(box.north, box.west), ZOOM)
    east, south = tile_of(Point(box.south, box.east), ZOOM)
    return (east - west + 1) * (south - north + 1) / sum(last - first for first, last in ranges)
