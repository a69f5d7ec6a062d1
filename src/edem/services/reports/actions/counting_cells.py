"""Counts reports by cells for maps of very many: the finest cells from the reports, wider ones from the finer."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction

from edem.foundation.communities.models import Community
from edem.foundation.live.kept import drop_pages
from edem.kernel.geo.cells import ZOOM
from edem.services.reports.models import CellCount, CellRound, Report
from edem.services.reports.queries.cell_counts import COARSEST, FINEST
from edem.services.reports.rules.lifecycle import ON_THE_MAP

OVERLAP: Final = timedelta(minutes=5)
"""Whatever was written longer ago is committed by now."""
_SHIFT: Final = 2 * (ZOOM - FINEST)
_FINEST: Final = f"""
    INSERT INTO reports_cellcount (community_id, zoom, cell, state, count, lat_sum, lon_sum)
    SELECT community_id, {FINEST}, cell >> {_SHIFT}, state, count(*), sum(lat), sum(lon)
    FROM reports_report
    WHERE community_id = %(community)s AND state = ANY(%(states)s) AND cell IS NOT NULL AND follows_id IS NULL
"""  # noqa: S608 - our own numbers
_OF_THESE: Final = f"""
    AND id IN (
        SELECT report.id FROM unnest(%(cells)s::bigint[]) AS wanted
        JOIN reports_report AS report ON report.community_id = %(community)s
        AND report.cell >= wanted << {_SHIFT} AND report.cell < (wanted + 1) << {_SHIFT}
    )
"""  # noqa: S608 - our own numbers
_GROUPED: Final = " GROUP BY 1, 3, 4 ORDER BY 3, 4"
"""In the order in which a tile reads them: near cells lie side by side."""
_WIDER: Final = """
    INSERT INTO reports_cellcount (community_id, zoom, cell, state, count, lat_sum, lon_sum)
    SELECT community_id, %(zoom)s, cell >> 2, state, sum(count), sum(lat_sum), sum(lon_sum)
    FROM reports_cellcount
    WHERE community_id = %(community)s AND zoom = %(zoom)s + 1
"""
_UNDER_THESE: Final = """
    AND id IN (
        SELECT finer.id FROM unnest(%(cells)s::bigint[]) AS wanted
        JOIN reports_cellcount AS finer ON finer.community_id = %(community)s AND finer.zoom = %(zoom)s + 1
        AND finer.cell >= wanted << 2 AND finer.cell < (wanted + 1) << 2
    )
"""


@transaction.atomic(durable=True)
def count_cells_anew(community_id: int, *, now: datetime) -> None:
    """All of them: each night, for places that were corrected."""
    _lock(community_id)

    _count(community_id, None)
    _note(community_id, now=now)


@transaction.atomic(durable=True)
def count_changed_cells(community_id: int, *, now: datetime) -> bool:
    """Those where a report has changed since the last round; all where there was none, or an import forgot it."""
    _lock(community_id)
    known = CellRound.objects.filter(community_id=community_id).first()
    if known is None or _lacks_the_finest(community_id):
        _count(community_id, None)
        _note(community_id, now=now)
        return True

    changed = changed_cells(community_id, since=known.counted_till - OVERLAP)
    if changed:
        _count(community_id, changed)
    _note(community_id, now=now, moved_at=now if changed else known.moved_at)
    return bool(changed)


def changed_cells(community_id: int, *, since: datetime) -> list[int]:
    found = Report.objects.filter(community_id=community_id, updated_at__gte=since, cell__isnull=False)
    cells = found.order_by().values_list("cell", flat=True)
    return sorted({cell >> _SHIFT for cell in cells if cell is not None})


def _count(community_id: int, cells: Collection[int] | None) -> None:
    """None: every cell of the community."""
    facts: dict[str, Any] = {"community": community_id, "states": [state.value for state in ON_THE_MAP]}
    wanted = None if cells is None else sorted(cells)
    _forget(community_id, FINEST, wanted)
    _write(_FINEST + ("" if wanted is None else _OF_THESE) + _GROUPED, {**facts, "cells": wanted})
    for zoom in range(FINEST - 1, COARSEST - 1, -1):
        wanted = None if wanted is None else sorted({cell >> 2 for cell in wanted})
        _forget(community_id, zoom, wanted)
        sql = _WIDER + ("" if wanted is None else _UNDER_THESE) + _GROUPED
        _write(sql, {**facts, "zoom": zoom, "cells": wanted})


def _lacks_the_finest(community_id: int) -> bool:
    """They were counted when the finest zoom was a wider one: the wider cells cannot be made of a few finer ones."""
    counted = CellCount.objects.filter(community_id=community_id)
    return counted.filter(zoom=COARSEST).exists() and not counted.filter(zoom=FINEST).exists()


def _forget(community_id: int, zoom: int, cells: Sequence[int] | None) -> None:
    old = CellCount.objects.filter(community_id=community_id, zoom=zoom)
    (old if cells is None else old.filter(cell__in=cells)).delete()


def _write(sql: str, facts: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, facts)


def _note(community_id: int, *, now: datetime, moved_at: datetime | None = None) -> None:
    told = {"counted_till": now, "moved_at": moved_at or now}
    CellRound.objects.update_or_create(community_id=community_id, defaults=told)
    if moved_at is None or moved_at == now:
        drop_pages(f"reports:{community_id}")


def _lock(community_id: int) -> None:
    """Two rounds of one community would count one cell twice."""
    Community.objects.select_for_update(of=("self",), no_key=True).get(pk=community_id)
