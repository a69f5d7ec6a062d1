"""Weekly and monthly reports (002 §5.4): which days a period has, its figures, how two periods compare. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, Self

from edem.kernel.deadlines import kyiv_day, starts_of_day
from edem.kernel.errors import Invalid
from edem.kernel.ukrainian import N_

ONE_DAY: Final = timedelta(days=1)
LONGEST: Final = timedelta(days=3 * 366)
MADE_LATE: Final = 8
"""How many past weeks or months are still made when nobody was there to make them."""


class Span(StrEnum):
    WEEK = "week"
    MONTH = "month"
    DAYS = "days"


@dataclass(frozen=True, kw_only=True)
class Period:
    """Whole days in Kyiv, both ends included."""

    first: date
    last: date

    @property
    def since(self) -> datetime:
        return starts_of_day(self.first)

    @property
    def until(self) -> datetime:
        """The first instant after the period."""
        return starts_of_day(self.last + ONE_DAY)

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def span(self) -> Span:
        if self == week_of(self.first):
            return Span.WEEK
        return Span.MONTH if self == month_of(self.first) else Span.DAYS

    def has_ended(self, now: datetime) -> bool:
        return now >= self.until

    def before(self) -> "Period":
        """What it is compared with: the month before a month, otherwise as many days just before."""
        last = self.first - ONE_DAY
        if self.span is Span.MONTH:
            return month_of(last)
        return Period(first=last - (self.days - 1) * ONE_DAY, last=last)

    def after(self) -> "Period":
        """Where the next one of its kind stands."""
        first = self.last + ONE_DAY
        return month_of(first) if self.span is Span.MONTH else Period(first=first, last=self.last + self.days * ONE_DAY)


def week_of(day: date) -> Period:
    """From Monday to Sunday."""
    monday = day - day.weekday() * ONE_DAY
    return Period(first=monday, last=monday + 6 * ONE_DAY)


def month_of(day: date) -> Period:
    first = day.replace(day=1)
    return Period(first=first, last=(first + 31 * ONE_DAY).replace(day=1) - ONE_DAY)


def last_ended(span: Span, now: datetime) -> Period:
    """The last whole week or month before this moment."""
    today = kyiv_day(now)
    return (month_of(today) if span is Span.MONTH else week_of(today)).before()


def periods_to_make(span: Span, *, begun: date, now: datetime) -> Iterator[Period]:
    """The whole periods since the service began, the oldest first, as far back as late ones are still made."""
    found: list[Period] = []
    period = last_ended(span, now)
    while period.last >= begun and len(found) < MADE_LATE:
        found.append(period)
        period = period.before()
    return reversed(found)


def check_may_ask(period: Period, now: datetime) -> None:
    if period.first > kyiv_day(now):
        raise Invalid("report.period_to_come")
    if period.last - period.first > LONGEST:
        raise Invalid("report.period_too_long")


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What happened within a period; `overdue` is how many were overdue when it ended."""

    received: int
    accepted: int
    accepted_in_time: int
    closed: int
    solved: int
    """Closings that still hold and say «вирішено»."""
    confirmed: int
    """Authors who said within the period that it is truly solved, whenever it was closed."""
    reopened: int
    passed_on: int
    """Returned by the organisation as not its own."""
    overdue: int
    days_to_accept: float | None
    days_to_close: float | None

    @classmethod
    def nothing(cls) -> Self:
        return cls(**{each.name: None if each.name.startswith("days_") else 0 for each in fields(cls)})  # type: ignore[arg-type]  # by name

    def as_row(self) -> dict[str, int | float | None]:
        return asdict(self)

    @property
    def is_nothing(self) -> bool:
        return not any(self.as_row().values())


def tenths(value: float | None) -> float | None:
    return None if value is None else round(float(value), 1)


LABELS: Final = {
    "received": N_("Надійшло"),
    "accepted": N_("Прийнято в роботу"),
    "accepted_in_time": N_("З них вчасно"),
    "closed": N_("Закрито"),
    "solved": N_("З них вирішено"),
    "confirmed": N_("Підтверджено авторами"),
    "reopened": N_("Відкрито повторно"),
    "passed_on": N_("Повернуто як не своє"),
    "overdue": N_("Прострочено на кінець періоду"),
    "days_to_accept": N_("Днів до прийняття (медіана)"),
    "days_to_close": N_("Днів до закриття (медіана)"),
}
"""What each figure is called; the order of the columns."""

FEWER_IS_BETTER: Final = frozenset({"reopened", "passed_on", "overdue", "days_to_accept", "days_to_close"})
NEITHER: Final = frozenset({"received", "closed", "accepted"})
"""More of these may be good or bad news."""


class Verdict(StrEnum):
    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Change:
    """One figure now and in the period before."""

    name: str
    now: float | None
    before: float | None

    @property
    def difference(self) -> float | None:
        return None if self.now is None or self.before is None else tenths(self.now - self.before)

    @property
    def verdict(self) -> Verdict:
        if self.difference is None or self.name in NEITHER:
            return Verdict.UNKNOWN
        if self.difference == 0:
            return Verdict.SAME
        return Verdict.BETTER if (self.difference < 0) == (self.name in FEWER_IS_BETTER) else Verdict.WORSE


def changes(now: Figures, before: Figures) -> Sequence[Change]:
    then = before.as_row()
    return [Change(name=name, now=value, before=then[name]) for name, value in now.as_row().items()]


def share(part: int, whole: int) -> int | None:
    """Per cent; nothing of nothing is no per cent at all."""
    return round(100 * part / whole) if whole else None
