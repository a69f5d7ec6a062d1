"""The map's points in the two forms it takes them: all at once as columns, or very many as tiles with cells counted."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery

from edem.foundation.communities.models import Community
from edem.kernel.geo.cells import ZOOM, Range, tile_range
from edem.kernel.geo.columns import SCALE, write_columns
from edem.kernel.geo.points import Box
from edem.kernel.geo.tiles import pixels_of, write_tile
from edem.services.reports.models import CellRound, Report
from edem.services.reports.queries.cell_counts import (
    COARSEST,
    FINEST,
    Counted,
    counted_in,
    counted_in_all,
    counted_now,
    has_counts,
)
from edem.services.reports.queries.lists import STATES_OF, Group, Wanted, reports_listed, reports_wanted
from edem.services.reports.queries.packed_points import Points, points_of, points_of_each
from edem.services.reports.rules.lifecycle import State

MOST_COLUMNS: Final = 50_000
"""So many a phone gathers by itself, in a worker."""
MOST_RAW: Final = 2_000
"""So many stand in one tile one by one."""
FINER: Final = 3
"""A tile of 512 pixels is counted in 8 × 8 cells: clusters stand as far apart as fingers need."""
LAYER: Final = "reports"
SHOWN_STATES: Final = (State.OPEN, State.REOPENED, State.ACCEPTED, State.CLOSED, State.ARCHIVED)
"""Their places here, from one on, are their numbers in both forms."""
TONES: Final[Mapping[str, tuple[State, ...]]] = {
    "open": (State.OPEN, State.REOPENED),
    "accepted": (State.ACCEPTED,),
    "closed": (State.CLOSED,),
    "archived": (State.ARCHIVED,),
}
_NEWEST_PLACES: Final = 2_000

Place = tuple[int, int]
"""x and y of a tile."""


def map_version(community: Community, *, now: datetime) -> str:
    """Part of every address of points: what stands behind an old one never changes, so browsers keep it.

    The hour is in it for changes that were written in another order than they were committed in.
    """
    newest = Report.objects.filter(community=OuterRef("pk")).order_by("-updated_at", "-pk")
    counted = CellRound.objects.filter(community=OuterRef("pk"))
    told = Subquery(newest.values("updated_at")[:1]), Subquery(counted.values("moved_at")[:1])
    moments = (
        *Community.objects.values_list(*told).get(pk=community.pk),
        now.replace(minute=0, second=0, microsecond=0),
    )
    return "-".join(f"{int(moment.timestamp() * 1_000_000) if moment else 0:x}" for moment in moments)


def is_few(community: Community, wanted: Wanted) -> bool:
    if wanted.is_whole and has_counts(community):
        return counted_in_all(community, STATES_OF[wanted.group]) <= MOST_COLUMNS
    found = placed(community, wanted).order_by().values("pk")
    return found[: MOST_COLUMNS + 1].count() <= MOST_COLUMNS


def placed(community: Community, wanted: Wanted) -> QuerySet[Report]:
    return reports_wanted(community, wanted).filter(cell__isnull=False)


def columns_of(community: Community, wanted: Wanted) -> bytes:
    """At most fifty thousand; state by state in the order of cells, so that neighbours' degrees differ little."""
    points = points_of(placed(community, wanted), most=MOST_COLUMNS, states=SHOWN_STATES)
    columns = {"id": points.ids, "lat": points.lats, "lon": points.lons, "state": points.states}
    return write_columns(columns, deltas=("id", "lat", "lon"))


def tile_of(community: Community, wanted: Wanted, *, z: int, x: int, y: int) -> bytes:
    return tiles_of(community, wanted, z=z, places=[(x, y)])[0]


def tiles_of(community: Community, wanted: Wanted, *, z: int, places: Sequence[Place]) -> list[bytes]:
    """Of one zoom, in three questions at most: points one by one where few are in a tile, else counted cells."""
    ranges = {place: tile_range(z, *place) for place in places}
    known = _counted_before(community, wanted, z=z, ranges=list(ranges.values()))
    numbers = {place: known.inside(cells).whole if known else 0 for place, cells in ranges.items()}
    crowded = [place for place in ranges if z < COARSEST + FINER or numbers[place] > MOST_RAW]
    made: dict[Place, bytes] = {}
    if known and z + FINER <= FINEST:
        made |= {
            place: _counted_tile(known.inside(ranges[place]), z=z, place=place) for place in crowded if numbers[place]
        }
    everywhere = placed(community, wanted)
    few = [place for place in ranges if place not in made and place not in crowded]
    made |= _plain_tiles(everywhere, {place: ranges[place] for place in few}, z=z)
    rest = {place: cells for place, cells in ranges.items() if place not in made}
    if rest:
        counted = counted_now(everywhere, list(rest.values()), zoom=min(max(z + FINER, COARSEST), ZOOM))
        made |= {place: _counted_tile(counted.inside(cells), z=z, place=place) for place, cells in rest.items()}
    return [made[place] for place in places]


def reports_shown(community: Community, ids: Sequence[int]) -> QuerySet[Report]:
    """Of these the ones that are on the map, whatever their state."""
    return reports_listed(community, Wanted(group=Group.ALL)).filter(pk__in=ids)


def box_of(community: Community) -> Box | None:
    """Where the newest reports lie, without the few that lie far off: what a map shows first."""
    newest = placed(community, Wanted()).values("lat", "lon")[:_NEWEST_PLACES]
    sql, given = newest.query.sql_with_params()
    edges = ", ".join(
        f"percentile_disc({part}) WITHIN GROUP (ORDER BY {axis})"
        for axis in ("lat", "lon")
        for part in ("0.05", "0.95")
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {edges} FROM ({sql}) AS newest", given)  # noqa: S608 - the ORM's own statement
        south, north, west, east = cursor.fetchone() or (None,) * 4
    if south is None or north is None or west is None or east is None:
        return None
    return Box(south=south, west=west, north=north, east=east)


def _counted_before(community: Community, wanted: Wanted, *, z: int, ranges: Sequence[Range]) -> Counted | None:
    """Nothing where more than the state is asked."""
    if not wanted.is_whole:
        return None
    zoom = min(max(z + FINER, COARSEST), FINEST)
    return counted_in(community, zoom, ranges, STATES_OF[wanted.group])


def _plain_tiles(reports: QuerySet[Report], ranges: Mapping[Place, Range], *, z: int) -> dict[Place, bytes]:
    """Without those in which there are too many after all."""
    if not ranges:
        return {}
    found = points_of_each(reports, list(ranges.values()), most=MOST_RAW + 1, states=SHOWN_STATES)
    few = {place: points for place, points in zip(ranges, found, strict=True) if len(points) <= MOST_RAW}
    return {place: _plain_tile(points, z=z, place=place) for place, points in few.items()}


def _plain_tile(points: Points, *, z: int, place: Place) -> bytes:
    places = pixels_of(points.lats / SCALE, points.lons / SCALE, z=z, x=place[0], y=place[1])
    return write_tile(LAYER, places, ids=points.ids, properties={"state": points.states})


def _counted_tile(counted: Counted, *, z: int, place: Place) -> bytes:
    """Each cell is drawn in the middle of its reports."""
    tones = {tone: counted.of(states) for tone, states in TONES.items()}
    count = counted.numbers.sum(axis=0)
    places = pixels_of(counted.lat_sums / count, counted.lon_sums / count, z=z, x=place[0], y=place[1])
    return write_tile(LAYER, places, properties={"count": count, **tones})
