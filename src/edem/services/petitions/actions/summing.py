"""Sums of statistics: signatures are added to them now and then, parts are merged, and all can be counted anew.

What else a petition changes the database adds in the same transaction (migration 0015).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction

from edem.foundation.communities.models import Community
from edem.services.petitions.models import FiguresKept, Petition
from edem.services.petitions.queries.figures_sql import PARTS_OF, UNLIKE
from edem.services.petitions.rules.lifecycle import State, Step

AT_ONCE: Final = 500
"""Petitions in one transaction: whoever signs one of them waits a moment at most."""
MERGED_FROM: Final = 500
"""So many parts may come before they are merged with the others."""

# A petition that somebody is signing just now is left for the next round: nobody waits, and no lock waits for another.
_SUM_SIGNATURES: Final = """
UPDATE petitions_petition AS petition SET summed_signatures = petition.signature_count
  FROM (SELECT id FROM petitions_petition
         WHERE NOT (signature_count = summed_signatures)
         ORDER BY id LIMIT %s FOR NO KEY UPDATE SKIP LOCKED) AS waiting
 WHERE petition.id = waiting.id
"""

# One statement sees one moment: what is deleted and what is counted belong together, later changes add their own parts.
_COUNT_ANEW: Final = """
WITH gone AS (DELETE FROM petitions_figurepart WHERE community_id = %(community)s)
INSERT INTO petitions_figurepart (community_id, year, slice, name, measure, value, amount)
SELECT part.community_id, part.year, part.slice, part.name, part.measure, part.value, SUM(part.amount)
  FROM petitions_petition AS petition
 CROSS JOIN LATERAL PARTS_OF_IT AS part
 WHERE petition.community_id = %(community)s
 GROUP BY 1, 2, 3, 4, 5, 6
""".replace("PARTS_OF_IT", PARTS_OF)

_MERGE: Final = """
WITH gone AS (
    DELETE FROM petitions_figurepart WHERE community_id = %(community)s
    RETURNING community_id, year, slice, name, measure, value, amount
)
INSERT INTO petitions_figurepart (community_id, year, slice, name, measure, value, amount)
SELECT community_id, year, slice, name, measure, value, SUM(amount)
  FROM gone
 GROUP BY 1, 2, 3, 4, 5, 6
HAVING SUM(amount) <> 0
"""

_NEW_PARTS: Final = "SELECT COUNT(*) FROM petitions_figurepart WHERE community_id = %s AND id > %s"
_LAST_PART: Final = "SELECT COALESCE(MAX(id), 0) FROM petitions_figurepart WHERE community_id = %s"

_SAY_WHEN_FULFILLED: Final = """
UPDATE petitions_petition AS petition
   SET fulfilled_at = (SELECT MAX(step.at) FROM petitions_petitionstep AS step
                        WHERE step.petition_id = petition.id AND step.step = %(fulfil)s)
 WHERE petition.community_id = %(community)s AND petition.state = %(fulfilled)s AND petition.fulfilled_at IS NULL
"""
"""For what was fulfilled before petitions had this column, or by a program of before."""


def keep_sums(*, now: datetime) -> None:
    """One round of the clock's: add the signatures that came, begin where nothing was counted yet, merge parts."""
    while sum_signatures():
        pass
    for community in communities_to_begin():
        count_anew(community, now=now)
    for kept in FiguresKept.objects.filter(counted_at__isnull=False).order_by("pk"):
        if new_parts(kept) > MERGED_FROM:
            merge_parts(kept.pk)


def sum_signatures() -> int:
    """How many petitions were taken; nought when none is left that may be."""
    with connection.cursor() as cursor:
        cursor.execute(_SUM_SIGNATURES, [AT_ONCE])
        return int(cursor.rowcount)


def communities_to_begin() -> Sequence[Community]:
    begun = FiguresKept.objects.filter(counted_at__isnull=False).order_by("pk").values("pk")
    with_petitions = Petition.objects.exclude(community__in=begun).order_by().values("community").distinct()
    return list(Community.objects.filter(pk__in=with_petitions).order_by("pk"))


@transaction.atomic(durable=True)
def count_anew(community: Community, *, now: datetime) -> None:
    """Every petition of the community, beside those who go on changing them."""
    kept = lock(community.pk)

    asked: dict[str, int | str] = {
        "community": community.pk,
        "fulfilled": State.FULFILLED.value,
        "fulfil": Step.FULFIL.value,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SAY_WHEN_FULFILLED, asked)
        cursor.execute(_COUNT_ANEW, asked)
    kept.counted_at = now
    keep_place(kept)


@transaction.atomic(durable=True)
def merge_parts(community_id: int) -> None:
    kept = lock(community_id)

    with connection.cursor() as cursor:
        cursor.execute(_MERGE, {"community": community_id})
    keep_place(kept)


def differences(community: Community) -> Sequence[Sequence[Any]]:
    """Where sums and petitions do not say the same."""
    with connection.cursor() as cursor:
        cursor.execute(UNLIKE, {"community": community.pk})
        found: Sequence[Sequence[Any]] = cursor.fetchall()
        return found


def lock(community_id: int) -> FiguresKept:
    """One at a time rewrites a community's parts; whoever adds to them does not wait."""
    FiguresKept.objects.bulk_create([FiguresKept(community_id=community_id)], ignore_conflicts=True)
    return FiguresKept.objects.select_for_update(no_key=True).get(pk=community_id)


def keep_place(kept: FiguresKept) -> None:
    kept.merged_to = asked_number(_LAST_PART, kept.pk)
    kept.save()


def new_parts(kept: FiguresKept) -> int:
    return asked_number(_NEW_PARTS, kept.pk, kept.merged_to)


def asked_number(statement: str, *asked: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return int(cursor.fetchone()[0])
