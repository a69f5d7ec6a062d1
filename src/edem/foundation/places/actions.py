"""Writes about places: the codifier is loaded whole, the working calendar is followed by its next version."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from edem.foundation.places.calendar_changes import Change
from edem.foundation.places.codifier import Codifier, UnitRow, read_codifier, without_orphans
from edem.foundation.places.models import CalendarVersion, Unit
from edem.foundation.places.queries import working_calendar
from edem.foundation.places.tables import Fault
from edem.kernel.errors import Invalid
from edem.kernel.ukrainian import fold, sort_key

_INCOMING = """
CREATE TEMPORARY TABLE incoming_unit (
    code text, name text, name_key text, folded text, category text, parent_id text, community_code text
)"""
_COPY = "COPY incoming_unit FROM STDIN"
_MERGE = """
INSERT INTO places_unit AS unit (code, name, name_key, folded, category, parent_id, community_code)
SELECT code, name, name_key, folded, category, parent_id, community_code FROM incoming_unit ORDER BY code
ON CONFLICT (code) DO UPDATE SET
    (name, name_key, folded, category, parent_id, community_code) =
    (EXCLUDED.name, EXCLUDED.name_key, EXCLUDED.folded, EXCLUDED.category, EXCLUDED.parent_id, EXCLUDED.community_code)
WHERE (unit.name, unit.name_key, unit.folded, unit.category, unit.parent_id, unit.community_code) IS DISTINCT FROM
    (EXCLUDED.name, EXCLUDED.name_key, EXCLUDED.folded, EXCLUDED.category, EXCLUDED.parent_id, EXCLUDED.community_code)
RETURNING (xmax = 0)"""
_LEFT_OUT = """
SELECT count(*) FROM places_unit AS unit
WHERE NOT EXISTS (SELECT 1 FROM incoming_unit WHERE incoming_unit.code = unit.code)"""


@dataclass(frozen=True, kw_only=True)
class Loaded:
    read: int
    added: int
    changed: int
    left_out: int
    """Units that we have and the file has not: they stay, for people may be registered there."""
    faults: Sequence[Fault]


@transaction.atomic(durable=True)
def load_codifier(content: bytes) -> Loaded:
    """Bring the units to what the file says; what is broken is told, the rest is loaded. Safe to repeat."""
    codifier = _with_parents(read_codifier(content))
    if not codifier.units:
        raise Invalid("codifier.nothing", faults=len(codifier.faults))

    with connection.cursor() as cursor:
        # Two loads at once would wait for each other's rows in turn.
        cursor.execute("LOCK TABLE places_unit IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(_INCOMING)
        with cursor.copy(_COPY) as copy:
            for unit in codifier.units:
                copy.write_row(_columns(unit))

        cursor.execute(_MERGE)
        is_new = [row[0] for row in cursor.fetchall()]
        cursor.execute(_LEFT_OUT)
        left_out = cursor.fetchone()[0]
        cursor.execute("DROP TABLE incoming_unit")
    added = sum(is_new)
    return Loaded(
        read=len(codifier.units),
        added=added,
        changed=len(is_new) - added,
        left_out=left_out,
        faults=codifier.faults,
    )


@transaction.atomic(durable=True)
def change_calendar(change: Change, *, reason: str, record: Callable[..., None], now: datetime) -> CalendarVersion:
    """The next version of the working calendar. Terms that have begun keep the days people were told."""
    with connection.cursor() as cursor:
        # Of two operators at once the second must change what the first has saved.
        cursor.execute("LOCK TABLE places_calendarversion IN SHARE ROW EXCLUSIVE MODE")

    calendar = change(working_calendar(now))

    saved = CalendarVersion.objects.create(saved_at=now, reason=reason, values=calendar.model_dump(mode="json"))

    record("places.calendar_changed", community_id=None, subject=saved, now=now)
    return saved


def _with_parents(codifier: Codifier) -> Codifier:
    """A part of the codifier may be loaded alone when what it hangs on is already here."""
    codes = {unit.code for unit in codifier.units}
    missing = {unit.parent for unit in codifier.units if unit.parent and unit.parent not in codes}
    known = Unit.objects.filter(code__in=missing).order_by("code").values_list("code", flat=True) if missing else ()
    return without_orphans(codifier, known=frozenset(known))


def _columns(unit: UnitRow) -> tuple[str | None, ...]:
    key, folded = sort_key(unit.name), fold(unit.name)
    return unit.code, unit.name, key, folded, unit.category, unit.parent, unit.community
