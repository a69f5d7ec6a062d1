"""Points of the map out of one index, packed by the database, for as many parts of the map as are asked for at once."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Final

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from edem.kernel.geo.cells import Range
from edem.kernel.geo.columns import SCALE
from edem.services.reports.models import Report
from edem.services.reports.queries.packed import Column, in_part, of_parts, packed, wholes

_BITS: Final = 32
_HALF: Final = 1 << _BITS - 1
_MILLIONTHS: Final = f"(lat * {SCALE})::bigint * {1 << _BITS} + (lon * {SCALE})::bigint"
"""Both degrees in one number: half of what is packed, sent and unpacked."""
_COLUMNS: Final = packed("int8send(id)", f"int8send({_MILLIONTHS})")
_PACKED: Final = f"SELECT state, {_COLUMNS} FROM ({{reports}}) AS wanted GROUP BY state ORDER BY state"  # noqa: S608 - our own columns
_OF_EACH: Final = "SELECT number, here.* FROM {parts} CROSS JOIN LATERAL ({packed}) AS here"
_Row = tuple[str, bytes, bytes]
"""Of which state, then the columns."""


@dataclass(frozen=True, kw_only=True)
class Points:
    ids: Column
    lats: Column
    lons: Column
    """In millionths: a tenth of a metre."""
    states: Column
    """Their places, from one on, among the states that were named."""

    def __len__(self) -> int:
        return len(self.ids)


def points_of(reports: "QuerySet[Report]", *, most: int, states: tuple[str, ...]) -> Points:
    """State by state, those of each in the order of cells: so they lie in `report_points`, near ones side by side."""
    sql, given = _packed(reports, most=most)
    return _points(_asked(sql, given), states)


def points_of_each(
    reports: "QuerySet[Report]", ranges: Sequence[Range], *, most: int, states: tuple[str, ...]
) -> list[Points]:
    """The same of each range of cells by itself, with one question for all of them."""
    sql, more = _packed(in_part(reports), most=most)
    parts, given = of_parts(ranges)
    found: dict[int, list[_Row]] = defaultdict(list)
    for number, *row in _asked(sql and _OF_EACH.format(parts=parts, packed=sql), [*given, *more]):
        found[number - 1].append((row[0], row[1], row[2]))
    return [_points(sorted(found[place], key=itemgetter(0)), states) for place in range(len(ranges))]


def _packed(reports: "QuerySet[Report]", *, most: int) -> tuple[str, Sequence[Any]]:
    wanted = reports.order_by("state", "cell", "pk").values("state", "id", "lat", "lon")[:most]
    try:
        sql, given = wanted.query.sql_with_params()
    except EmptyResultSet:  # the words that were searched stand nowhere
        return "", ()
    return _PACKED.format(reports=sql), given


def _asked(sql: str, given: Sequence[Any]) -> Sequence[Any]:
    if not sql:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        rows: Sequence[Any] = cursor.fetchall()
        return rows


def _points(rows: Sequence[_Row], states: tuple[str, ...]) -> Points:
    """`rows` are in the order of the states' names."""
    ids, places = wholes([row[1] for row in rows]), wholes([row[2] for row in rows])
    lats = places + _HALF >> _BITS
    numbers = np.asarray([states.index(row[0]) + 1 for row in rows], dtype=np.int64)
    return Points(
        ids=ids,
        lats=lats,
        lons=places - (lats << _BITS),
        states=np.repeat(numbers, [len(row[1]) // ids.itemsize for row in rows]),
    )
