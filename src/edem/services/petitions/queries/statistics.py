"""What became of petitions, in figures: one statement over kept sums gives the whole, each year, body and topic."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.db import connection
from django.db.models import Min
from django.db.models.functions import Coalesce

from edem.foundation.communities.models import Community
from edem.kernel.deadlines import KYIV
from edem.services.petitions.models import FiguresKept, Petition
from edem.services.petitions.queries.figures_sql import FIRST_YEAR, MEDIANS, OF_PETITIONS, OF_SUMS
from edem.services.petitions.rules.statistics import Figures, Period, Slice

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)


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
    statement = OF_SUMS if are_kept(community) else OF_PETITIONS
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments(community, period, now=now))
        for kind, name, *figures in cursor.fetchall():
            found[Slice(kind)].append((name, Figures.from_row(figures)))
    whole = found[Slice.ALL]
    return Statistics(
        period=period,
        whole=whole[0][1] if whole else Figures.nothing(),
        by_year=sorted(found[Slice.YEAR]),
        by_body=most_first(found[Slice.BODY]),
        by_category=most_first(found[Slice.CATEGORY]),
    )


def are_kept(community: Community) -> bool:
    """Sums tell the whole once the community's petitions were counted for the first time."""
    return FiguresKept.objects.filter(community=community, counted_at__isnull=False).exists()


def arguments(community: Community, period: Period, *, now: datetime) -> Mapping[str, int | list[str]]:
    return {
        "community": community.pk,
        "first": period.first,
        "last": period.last,
        "now": (now - EPOCH) // MICROSECOND,
        "medians": list(MEDIANS),
    }


def most_first(rows: Sequence[tuple[str, Figures]]) -> list[tuple[str, Figures]]:
    return sorted(rows, key=lambda row: (-row[1].started, row[0]))


def first_year(community: Community) -> int | None:
    """The year of the oldest petition, where a period may begin."""
    if not are_kept(community):
        return first_year_of_petitions(community)
    with connection.cursor() as cursor:
        cursor.execute(FIRST_YEAR, [community.pk])
        found = cursor.fetchone()
    return int(found[0]) if found else None


def first_year_of_petitions(community: Community) -> int | None:
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
