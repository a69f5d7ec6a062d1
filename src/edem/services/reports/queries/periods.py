"""What happened to reports within a period: one set-based statement, whatever the number of reports.

What happened is counted on the day it happened: received, accepted, closed, confirmed, opened again. So the figures of
a past period do not change afterwards. What a moderator took out is not counted at all.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.db import connection, transaction
from django.utils.translation import gettext as _

from edem.foundation.communities.models import Community, Organisation
from edem.kernel.deadlines import KYIV
from edem.services.reports.models import Category, Report
from edem.services.reports.queries.periods_sql import CELLS
from edem.services.reports.rules.lifecycle import ON_THE_MAP, State, Step
from edem.services.reports.rules.period_counts import Counts
from edem.services.reports.rules.period_told import MOST_POINTS, Day, Dot, Line, PeriodTold
from edem.services.reports.rules.periods import ONE_DAY, Period
from edem.services.reports.rules.results import Result

Pair = dict[bool, Counts]
"""True: of this period; False: of the one before."""


@dataclass(frozen=True)
class Counted:
    """Everything the statement told, by what it is of."""

    whole: Pair = field(default_factory=lambda: defaultdict(Counts))
    branches: dict[str, Pair] = field(default_factory=lambda: defaultdict(lambda: defaultdict(Counts)))
    codes: dict[str, Pair] = field(default_factory=lambda: defaultdict(lambda: defaultdict(Counts)))
    organisations: dict[int, Pair] = field(default_factory=lambda: defaultdict(lambda: defaultdict(Counts)))
    days: dict[date, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))


def period_told(community: Community, period: Period, *, now: datetime) -> PeriodTold:
    found = counted(asked_of(CELLS, arguments(community, period, now=now)))
    titles = titles_of(community)
    return PeriodTold(
        period=period,
        counted_at=now,
        whole=line("", "", found.whole),
        organisations=organisations_of(community, found.organisations),
        branches=named(found.branches, titles),
        categories=named(found.codes, titles),
        days=every_day(period, found.days, now=now),
        dots=dots_of(community, period),
    )


def counted(cells: Iterable[Sequence[Any]]) -> Counted:
    """A cell of a category counts for its branch and for the whole too."""
    found = Counted()
    for kind, is_this, act, is_good, code, organisation, day, tenths, number in cells:
        if kind == "day":
            found.days[day][act] += number
        elif kind == "organisation":
            found.organisations[organisation][is_this].add(act, number, is_good=is_good, tenths=tenths)
        else:
            found.codes[code or ""][is_this].add(act, number, is_good=is_good, tenths=tenths)
    for code, pair in found.codes.items():
        for is_this, counts in pair.items():
            found.branches[code.partition(".")[0]][is_this].add_all(counts)
            found.whole[is_this].add_all(counts)
    return found


def arguments(community: Community, period: Period, *, now: datetime) -> Mapping[str, Any]:
    return {
        "community": community.pk,
        "before": period.before().since,
        "since": period.since,
        "until": period.until,
        "ended": min(period.until, now),
        "zone": KYIV.key,
        "close": Step.CLOSE.value,
        "moves": [Step.CLOSE.value, Step.REOPEN.value, Step.TAKE_UP_AGAIN.value],
        "solved": Result.SOLVED.value,
        "rejected": State.REJECTED.value,
    }


# A period's acts lie together in tables that came day by day, and are counted, not sorted: for this statement alone.
_HOW: Final = "SET LOCAL random_page_cost = 1.1; SET LOCAL work_mem = '64MB'"


def asked_of(statement: str, asked: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(_HOW)
        cursor.execute(statement, asked)
        rows: Sequence[Sequence[Any]] = cursor.fetchall()
        return rows


def organisations_of(community: Community, found: Mapping[int, Pair]) -> list[Line]:
    names = dict(Organisation.objects.filter(community=community).order_by("pk").values_list("pk", "name"))
    return most_first(line(str(key), names.get(key, ""), pair) for key, pair in found.items())


def titles_of(community: Community) -> Mapping[str, str]:
    return dict(Category.objects.filter(community=community).order_by("pk").values_list("code", "title"))


def named(found: Mapping[str, Pair], titles: Mapping[str, str]) -> list[Line]:
    return most_first(line(code, titles.get(code) or _("Без категорії"), pair) for code, pair in found.items())


def line(key: str, name: str, pair: Pair) -> Line:
    return Line(key=key, name=name, now=pair[True].figures(), before=pair[False].figures())


def most_first(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda each: (-each.now.received, -each.now.overdue, each.name, each.key))


def every_day(period: Period, found: Mapping[date, Mapping[str, int]], *, now: datetime) -> list[Day]:
    """Days on which nothing happened stand too, but not those that are still to come."""
    today = now.astimezone(KYIV).date()
    days = (period.first + number * ONE_DAY for number in range(period.days))
    told = ((day, found.get(day, {})) for day in days if day <= today)
    return [Day(day=day, received=each.get("received", 0), closed=each.get("closed", 0)) for day, each in told]


def dots_of(community: Community, period: Period) -> list[Dot]:
    """Where the reports of the period lie, to ten metres, the newest first."""
    came = Report.objects.filter(
        community=community,
        published_at__gte=period.since,
        published_at__lt=period.until,
        state__in=ON_THE_MAP,
        lat__isnull=False,
    ).order_by("-published_at", "-pk")
    found = came.values_list("lat", "lon", "state")[:MOST_POINTS]
    return [Dot(lat=round(lat, 4), lon=round(lon, 4), state=state) for lat, lon, state in found if lat and lon]
