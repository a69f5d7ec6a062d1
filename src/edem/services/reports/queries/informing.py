"""Whose head is not told yet: of each organisation the first few along its own index, and of those the first of all."""

from collections.abc import Sequence
from datetime import datetime
from string import Template
from typing import Any, Final

from django.db import connection

from edem.foundation.communities.models import Community
from edem.services.reports.models import Assignment
from edem.ui.pagination.long_lists import MOST

_FIRST: Final = Template("""
  FROM communities_organisation AS holder
 CROSS JOIN LATERAL (
       SELECT id, inform_due_at FROM reports_assignment
        WHERE organisation_id = holder.id AND head_informed_at IS NULL AND accepted_at IS NULL
          AND returned_at IS NULL AND closed_at IS NULL $late
        ORDER BY inform_due_at, id LIMIT %(most)s
       ) AS held
 WHERE holder.community_id = %(community)s AND (%(holder)s::bigint IS NULL OR holder.id = %(holder)s)
""")
_ROWS: Final = f"SELECT held.id {_FIRST.substitute(late='')} ORDER BY held.inform_due_at, held.id LIMIT %(most)s"
_OF_LATE: Final = _FIRST.substitute(late="AND inform_due_at <= %(now)s")
_LATE: Final = f"SELECT count(*) FROM (SELECT 1 {_OF_LATE} LIMIT %(most)s) AS late"  # noqa: S608 - our own words


def first_uninformed(community: Community, organisation_id: int | None, *, limit: int) -> Sequence[Assignment]:
    """The nearest term first."""
    rows = _asked(_ROWS, community=community.pk, holder=organisation_id, most=limit)
    found = Assignment.objects.filter(pk__in=[pk for (pk,) in rows]).select_related("report", "organisation")
    return list(found.order_by("inform_due_at", "pk"))


def late_uninformed(community: Community, organisation_id: int | None, *, now: datetime) -> tuple[int, bool]:
    """How many are late, and whether there are more than are counted."""
    ((late,),) = _asked(_LATE, community=community.pk, holder=organisation_id, most=MOST + 1, now=now)
    return min(late, MOST), late > MOST


def _asked(statement: str, **given: int | datetime | None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
