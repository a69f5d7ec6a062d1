"""Counting in when the great tables lie on several servers: a statement each, for none may change both kinds of table.

The same result as the one statement of `counting`, in more round trips; docs/guides/scale-out.md says when.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.db import connection

from edem.foundation.intake.rows import Column, insert_new
from edem.kernel.deadlines import KYIV
from edem.services.petitions.actions.counted import COLUMNS, CountedIn
from edem.services.petitions.models import WITHDRAWN, Petition, Signature, SignatureRemoval

COMMUNITY, PETITION, MARK, ASSURANCE, CHANNEL, SIGNED_AT = (
    [column.name for column in COLUMNS].index(name)
    for name in ("community_id", "petition_id", "mark", "assurance", "channel", "signed_at")
)
Row = Sequence[Any]
Key = tuple[int, bytes]

_TALLY: Final = """
INSERT INTO petitions_signaturetally AS tally (community_id, petition_id, day, channel, assurance, count)
VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (community_id, petition_id, day, channel, assurance) DO UPDATE SET count = tally.count + excluded.count
"""
_COUNT: Final = """
UPDATE petitions_petition SET signature_count = signature_count + %s, last_ordinal = last_ordinal + %s, counted_at = %s
 WHERE id = %s
RETURNING signature_count
"""


def count_in_apart(rows: Sequence[Row], *, now: datetime) -> CountedIn:
    """The caller holds the locks of the petitions, so what is read here stays true until the commit."""
    known, withdrawn = signed_before(rows), withdrawn_before(rows)
    new = [row for row in rows if key_of(row) not in known]
    with_places = placed(new)
    added = insert_new(
        "petitions_signature", (*COLUMNS, Column("ordinal", "int")), with_places, key=("petition_id", "mark")
    )
    if len(added) != len(new):
        raise RuntimeError("A petition was signed past its lock")
    tally(new)
    return CountedIn(
        counts=counted(new, now=now),
        left_out={place: key_of(row) in withdrawn for place, row in enumerate(rows) if key_of(row) in known},
    )


def key_of(row: Row) -> Key:
    return (row[PETITION], bytes(row[MARK]))


def signed_before(rows: Sequence[Row]) -> set[Key]:
    found = Signature.objects.filter(**_near(rows)).order_by()
    return {(petition_id, bytes(mark)) for petition_id, mark in found.values_list("petition_id", "mark")}


def withdrawn_before(rows: Sequence[Row]) -> set[Key]:
    found = SignatureRemoval.objects.filter(exclusion_id=WITHDRAWN, **_near(rows)).order_by()
    return {(petition_id, bytes(mark)) for petition_id, mark in found.values_list("petition_id", "mark")}


def _near(rows: Sequence[Row]) -> dict[str, object]:
    """Somewhat more than asked for: a mark is known by its petition, and the caller looks at both."""
    return {
        "community_id__in": {row[COMMUNITY] for row in rows},
        "petition_id__in": {row[PETITION] for row in rows},
        "mark__in": {bytes(row[MARK]) for row in rows},
    }


def placed(new: Sequence[Row]) -> list[Row]:
    """The next places of each petition's list, in the order in which the rows came."""
    last = dict(
        Petition.objects.filter(pk__in={row[PETITION] for row in new}).order_by().values_list("pk", "last_ordinal")
    )
    given: list[Row] = []
    for row in new:
        last[row[PETITION]] += 1
        given.append((*row, last[row[PETITION]]))
    return given


def tally(new: Sequence[Row]) -> None:
    days = Counter(
        (row[COMMUNITY], row[PETITION], row[SIGNED_AT].astimezone(KYIV).date(), row[CHANNEL], row[ASSURANCE])
        for row in new
    )
    with connection.cursor() as cursor:
        cursor.executemany(_TALLY, [(*key, count) for key, count in sorted(days.items())])


def counted(new: Sequence[Row], *, now: datetime) -> dict[int, int]:
    more: defaultdict[int, int] = defaultdict(int)
    for row in new:
        more[row[PETITION]] += 1
    counts: dict[int, int] = {}
    with connection.cursor() as cursor:
        for petition_id, number in sorted(more.items()):
            cursor.execute(_COUNT, [number, number, now, petition_id])
            counts[petition_id] = cursor.fetchone()[0]
    return counts
