"""Cells with how many reports lie in each: counted beforehand, or now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet, Sum

from edem.foundation.communities.models import Community
from edem.kernel.geo.cells import ZOOM, Range
from edem.services.reports.models import CellCount, CellRound, Report
from edem.services.reports.queries.charters import CODE
from edem.services.reports.queries.packed import Column, Floats, floats, in_part, of_parts, packed, wholes
from edem.services.reports.rules.lifecycle import State

FINEST: Final = 19
"""About fifty metres: the cells of a tile of zoom 16. Finer ones are counted from the reports themselves."""
COARSEST: Final = 3
_STATES: Final = tuple(State)
_BEFORE: Final = """
    SELECT cell, state, count::bigint AS number, lat_sum, lon_sum FROM reports_cellcount
    WHERE community_id = %s AND zoom = %s AND cell >= %s AND cell < %s AND state = ANY(%s)
"""
"""One for each range: joined to all of them at once the planner would rather read a whole zoom."""
_NOW: Final = """
    SELECT cell >> {shift} AS cell, state, count(*) AS number, sum(lat) AS lat_sum, sum(lon) AS lon_sum
    FROM {parts} CROSS JOIN LATERAL ({reports}) AS here GROUP BY 1, 2
"""
_COLUMNS: Final = packed("int8send(cell)", "int8send(number)", "float8send(lat_sum)", "float8send(lon_sum)")
_PACKED: Final = f"SELECT state, {_COLUMNS} FROM ({{cells}}) AS found GROUP BY state ORDER BY state"  # noqa: S608 - our own columns


@dataclass(frozen=True, kw_only=True)
class Counted:
    """Cells in order, each once, numbered as at this zoom; a column for each."""

    zoom: int
    cells: Column
    numbers: Column
    """A row for each state."""
    lat_sums: Floats
    lon_sums: Floats

    @property
    def whole(self) -> int:
        return int(self.numbers.sum())

    def inside(self, cells: Range) -> "Counted":
        """`cells` are numbers of zoom 22."""
        first, last = np.searchsorted(self.cells, narrowed(cells, self.zoom)).tolist()
        here = slice(first, last)
        return Counted(
            zoom=self.zoom,
            cells=self.cells[here],
            numbers=self.numbers[:, here],
            lat_sums=self.lat_sums[here],
            lon_sums=self.lon_sums[here],
        )

    def of(self, states: Iterable[State]) -> Column:
        """In each cell."""
        sums: Column = self.numbers[[_STATES.index(state) for state in states]].sum(axis=0)
        return sums


def counted_in(community: Community, zoom: int, ranges: Sequence[Range], states: Iterable[State]) -> Counted:
    """Beforehand, in ranges of cells of zoom 22; one question for all of them."""
    named = [state.value for state in states]
    given = [fact for each in ranges for fact in (community.pk, zoom, *narrowed(each, zoom), named)]
    return _counted(" UNION ALL ".join([_BEFORE] * len(ranges)), given, zoom=zoom)


def counted_now(reports: "QuerySet[Report]", ranges: Sequence[Range], *, zoom: int) -> Counted:
    """From the reports, which takes as long as there are many."""
    wanted = in_part(reports).order_by().values("cell", "state", "lat", "lon")
    try:
        sql, more = wanted.query.sql_with_params()
    except EmptyResultSet:  # the words that were searched stand nowhere
        return _columns([], zoom=zoom)
    parts, given = of_parts(ranges)
    return _counted(_NOW.format(shift=2 * (ZOOM - zoom), parts=parts, reports=sql), [*given, *more], zoom=zoom)


def narrowed(cells: Range, zoom: int) -> Range:
    """A range of zoom 22 as one of a wider zoom."""
    shift = 2 * (ZOOM - zoom)
    return cells[0] >> shift, cells[1] >> shift


def counted_in_all(community: Community, states: Iterable[State]) -> int:
    """By the widest cells, of which there are few."""
    found = CellCount.objects.filter(community=community, zoom=COARSEST, state__in=list(states))
    return int(found.aggregate(whole=Sum("count"))["whole"] or 0)


def has_counts(community: Community) -> bool:
    return CellRound.objects.filter(community=community).exists()


def communities_counted() -> list[int]:
    """Every open community with the service."""
    found = Community.objects.filter(is_open=True, services__contains=[CODE]).order_by("pk")
    return list(found.values_list("pk", flat=True))


def _counted(cells: str, given: Sequence[Any], *, zoom: int) -> Counted:
    with connection.cursor() as cursor:
        cursor.execute(_PACKED.format(cells=cells), given)
        return _columns(cursor.fetchall(), zoom=zoom)


def _columns(rows: Sequence[Sequence[Any]], *, zoom: int) -> Counted:
    """`rows` are of a state each."""
    parts = [(_STATES.index(State(state)), wholes([cells]), wholes([numbers])) for state, cells, numbers, *_ in rows]
    cells, places = np.unique(
        np.concatenate([np.zeros(0, np.int64), *(part[1] for part in parts)]), return_inverse=True
    )
    by_state = np.zeros((len(_STATES), len(cells)), dtype=np.int64)
    for row, here, numbers in parts:
        by_state[row, np.searchsorted(cells, here)] = numbers
    return Counted(
        zoom=zoom,
        cells=cells,
        numbers=by_state,
        lat_sums=_sums(places, floats([row[3] for row in rows]), number=len(cells)),
        lon_sums=_sums(places, floats([row[4] for row in rows]), number=len(cells)),
    )


def _sums(places: Column, degrees: Floats, *, number: int) -> Floats:
    return np.bincount(places, weights=degrees, minlength=number).astype(np.float64)
