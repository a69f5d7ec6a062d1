"""What became of petitions, in figures: one set-based statement gives the whole, each year, body and topic."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection
from django.db.models import Min
from django.db.models.functions import Coalesce

from edem.foundation.communities.models import Community
from edem.kernel.deadlines import KYIV
from edem.services.petitions.models import Petition
from edem.services.petitions.rules.lifecycle import Decision, State, Step
from edem.services.petitions.rules.statistics import Figures, Period, Slice

_STATISTICS: Final = """
WITH story AS (
    SELECT petition.category AS category,
           NULLIF(petition.responsible_body, '') AS body,
           EXTRACT(YEAR FROM COALESCE(petition.submitted_at, petition.published_at) AT TIME ZONE %(zone)s)::int AS year,
           petition.published_at IS NOT NULL AS is_published,
           petition.reached_at IS NOT NULL AS is_reached,
           petition.answered_at IS NOT NULL AS is_answered,
           petition.answered_at < petition.answer_due_at AS in_time,
           petition.answered_at IS NULL AND petition.state = ANY(%(awaiting)s)
               AND COALESCE(petition.answer_due_at, petition.due_at) <= %(now)s AS is_overdue,
           petition.decision AS decision,
           petition.state AS state,
           petition.signature_count + petition.imported_count AS signatures,
           EXTRACT(EPOCH FROM petition.reached_at - petition.published_at) / 86400 AS days_to_reach,
           EXTRACT(EPOCH FROM petition.answered_at - petition.reached_at) / 86400 AS days_to_answer,
           EXTRACT(EPOCH FROM ended.at - petition.answered_at) / 86400 AS days_to_fulfil
      FROM petitions_petition AS petition
      LEFT JOIN LATERAL (
          SELECT MAX(step.at) AS at
            FROM petitions_petitionstep AS step
           WHERE petition.state = %(fulfilled)s AND step.petition_id = petition.id AND step.step = %(fulfil)s
      ) AS ended ON TRUE
     WHERE petition.community_id = %(community)s
       AND COALESCE(petition.submitted_at, petition.published_at) >= %(since)s
       AND COALESCE(petition.submitted_at, petition.published_at) < %(until)s
)
SELECT GROUPING(year, body, category), year, body, category,
       COUNT(*),
       COUNT(*) FILTER (WHERE is_published),
       COUNT(*) FILTER (WHERE is_reached),
       COUNT(*) FILTER (WHERE is_answered),
       COUNT(*) FILTER (WHERE in_time),
       COUNT(*) FILTER (WHERE NOT in_time),
       COUNT(*) FILTER (WHERE is_overdue),
       COUNT(*) FILTER (WHERE decision = %(supported)s),
       COUNT(*) FILTER (WHERE decision = %(partly)s),
       COUNT(*) FILTER (WHERE decision = %(declined)s),
       COUNT(*) FILTER (WHERE state = %(fulfilment)s),
       COUNT(*) FILTER (WHERE state = %(fulfilled)s),
       COUNT(*) FILTER (WHERE state = %(not_fulfilled)s),
       COALESCE(SUM(signatures), 0)::bigint,
       PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY days_to_reach),
       PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY days_to_answer),
       PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY days_to_fulfil)
  FROM story
 GROUP BY GROUPING SETS ((), (year), (body), (category))
"""

_KINDS: Final = {7: Slice.ALL, 3: Slice.YEAR, 5: Slice.BODY, 6: Slice.CATEGORY}
"""GROUPING() says by its bits which of year, body and category were folded together."""


@dataclass(frozen=True, kw_only=True)
class Statistics:
    """The figures of a period: the whole, and by year, body and topic."""

    period: Period
    whole: Figures
    by_year: Sequence[tuple[str, Figures]]
    by_body: Sequence[tuple[str, Figures]]
    by_category: Sequence[tuple[str, Figures]]

    def slices(self) -> Sequence[tuple[Slice, str, Figures]]:
        """Every line of the open data, the whole first."""
        return [
            (Slice.ALL, "", self.whole),
            *((Slice.YEAR, name, each) for name, each in self.by_year),
            *((Slice.BODY, name, each) for name, each in self.by_body),
            *((Slice.CATEGORY, name, each) for name, each in self.by_category),
        ]


def statistics_of(community: Community, period: Period, *, now: datetime) -> Statistics:
    found: dict[Slice, list[tuple[str, Figures]]] = {kind: [] for kind in Slice}
    with connection.cursor() as cursor:
        cursor.execute(_STATISTICS, arguments(community, period, now=now))
        for grouping, year, body, category, *figures in cursor.fetchall():
            kind = _KINDS[grouping]
            name = {Slice.ALL: "", Slice.YEAR: year, Slice.BODY: body, Slice.CATEGORY: category}[kind]
            if name is not None:  # petitions that nobody answers for are no body's
                found[kind].append((str(name), Figures.from_row(figures)))
    whole = found[Slice.ALL]
    return Statistics(
        period=period,
        whole=whole[0][1] if whole else Figures.nothing(),
        by_year=sorted(found[Slice.YEAR]),
        by_body=most_first(found[Slice.BODY]),
        by_category=most_first(found[Slice.CATEGORY]),
    )


def arguments(community: Community, period: Period, *, now: datetime) -> dict[str, int | str | datetime | list[str]]:
    return {
        "community": community.pk,
        "since": period.since,
        "until": period.until,
        "now": now,
        "zone": KYIV.key,
        "awaiting": [State.CONSIDERATION.value, State.APPEAL.value],
        "fulfil": Step.FULFIL.value,
        "supported": Decision.SUPPORTED.value,
        "partly": Decision.PARTLY.value,
        "declined": Decision.DECLINED.value,
        "fulfilment": State.FULFILMENT.value,
        "fulfilled": State.FULFILLED.value,
        "not_fulfilled": State.NOT_FULFILLED.value,
    }


def most_first(rows: Sequence[tuple[str, Figures]]) -> list[tuple[str, Figures]]:
    return sorted(rows, key=lambda row: (-row[1].started, row[0]))


def first_year(community: Community) -> int | None:
    """The year of the oldest petition, where a period may begin."""
    begun = Coalesce("submitted_at", "published_at")
    oldest = Petition.objects.filter(community=community).aggregate(at=Min(begun))["at"]
    return oldest.astimezone(KYIV).year if oldest else None


def statistics_rows(community: Community, now: datetime) -> Iterator[Mapping[str, object]]:
    """The open data set: everything since the first petition."""
    this_year = now.astimezone(KYIV).year
    period = Period(first=first_year(community) or this_year, last=this_year)
    return lines_of(statistics_of(community, period, now=now))


def lines_of(found: Statistics) -> Iterator[Mapping[str, object]]:
    for kind, name, figures in found.slices():
        yield {"slice": kind.value, "name": name, **figures.as_row()}
