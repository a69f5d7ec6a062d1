"""The whole of a period's report as plain values: kept as JSON when it is published, and read back the same. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Self

from edem.services.reports.rules.periods import LABELS, Figures, Period

MOST_POINTS = 2_000
"""Of the small map; the newest are shown."""


class Slice(StrEnum):
    ALL = "all"
    ORGANISATION = "organisation"
    BRANCH = "branch"
    CATEGORY = "category"


COLUMNS = ("slice", "code", "name", "period", *LABELS)
"""Of the data: whose line it is, of this period or of the one before, then the figures."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One organisation's or category's figures now and in the period before."""

    key: str
    name: str
    now: Figures
    before: Figures

    def as_json(self) -> dict[str, Any]:
        return {"key": self.key, "name": self.name, "now": self.now.as_row(), "before": self.before.as_row()}

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        return cls(key=kept["key"], name=kept["name"], now=Figures(**kept["now"]), before=Figures(**kept["before"]))


@dataclass(frozen=True, kw_only=True)
class Day:
    day: date
    received: int
    closed: int


@dataclass(frozen=True, kw_only=True)
class Dot:
    """A report of the period on the small map, in the state of the day when it was counted."""

    lat: float
    lon: float
    state: str


@dataclass(frozen=True, kw_only=True)
class PeriodTold:
    period: Period
    counted_at: datetime
    whole: Line
    organisations: Sequence[Line]
    branches: Sequence[Line]
    categories: Sequence[Line]
    days: Sequence[Day]
    dots: Sequence[Dot]

    def as_json(self) -> dict[str, Any]:
        return {
            "first": self.period.first.isoformat(),
            "last": self.period.last.isoformat(),
            "counted_at": self.counted_at.isoformat(),
            "whole": self.whole.as_json(),
            "organisations": [each.as_json() for each in self.organisations],
            "branches": [each.as_json() for each in self.branches],
            "categories": [each.as_json() for each in self.categories],
            "days": [[each.day.isoformat(), each.received, each.closed] for each in self.days],
            "dots": [[each.lat, each.lon, each.state] for each in self.dots],
        }

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        return cls(
            period=Period(first=date.fromisoformat(kept["first"]), last=date.fromisoformat(kept["last"])),
            counted_at=datetime.fromisoformat(kept["counted_at"]),
            whole=Line.read(kept["whole"]),
            organisations=[Line.read(each) for each in kept["organisations"]],
            branches=[Line.read(each) for each in kept["branches"]],
            categories=[Line.read(each) for each in kept["categories"]],
            days=[Day(day=date.fromisoformat(day), received=came, closed=went) for day, came, went in kept["days"]],
            dots=[Dot(lat=lat, lon=lon, state=state) for lat, lon, state in kept["dots"]],
        )

    def lines(self) -> Iterator[tuple[Slice, Line]]:
        yield Slice.ALL, self.whole
        yield from ((Slice.ORGANISATION, each) for each in self.organisations)
        yield from ((Slice.BRANCH, each) for each in self.branches)
        yield from ((Slice.CATEGORY, each) for each in self.categories)

    def rows(self) -> Iterator[dict[str, object]]:
        """Flat, for CSV and spreadsheets: two rows a line, this period's and the one's before."""
        for kind, line in self.lines():
            for which, figures in (("this", line.now), ("before", line.before)):
                yield {"slice": kind.value, "code": line.key, "name": line.name, "period": which, **figures.as_row()}
