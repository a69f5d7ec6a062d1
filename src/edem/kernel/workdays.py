"""The working calendar: Labour Code, articles 67 and 73; Law on labour relations under martial law, article 6.

The calendar is data that the platform operator edits; nothing here knows a particular year.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from dateutil.easter import EASTER_ORTHODOX, easter
from pydantic import BaseModel, ConfigDict, Field, model_validator

from edem.kernel.errors import Invalid

ONE_DAY = timedelta(days=1)
# No law moves a term further than this; a longer search means that the calendar has no working days at all.
LONGEST_REST = 366


class Holiday(BaseModel):
    """A day every year: by date, or so many days after Easter (Easter itself is 0, Trinity is 49)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    month: int | None = Field(default=None, ge=1, le=12)
    day: int | None = Field(default=None, ge=1, le=31)
    after_easter: int | None = None
    since: int | None = None
    until: int | None = None

    @model_validator(mode="after")
    def _has_one_rule(self) -> "Holiday":
        if (self.after_easter is None) == (self.month is None or self.day is None):
            raise ValueError("a holiday has either a month and a day, or a distance from Easter")
        if self.month and self.day:
            date(2024, self.month, self.day)  # a leap year: 29 February is a date
        return self

    def in_year(self, year: int) -> date | None:
        if (self.since and year < self.since) or (self.until and year > self.until):
            return None
        if self.after_easter is not None:
            return easter(year, EASTER_ORTHODOX) + timedelta(days=self.after_easter)
        return _date_or_none(year, self.month or 1, self.day or 1)


class MovedDay(BaseModel):
    """The government moved a working day: people rest on `off` and work on `worked` instead."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    off: date
    worked: date
    act: str = ""


class MartialLaw(BaseModel):
    """While it lasts public holidays are working days and nothing is moved; only weekends are days of rest."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    since: date
    until: date | None = None

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> "MartialLaw":
        if self.until is not None and self.until < self.since:
            raise ValueError("martial law cannot end before it begins")
        return self

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


class WorkingCalendar(BaseModel):
    """Which days are working days. Frozen, so its answers may be remembered."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    holidays: tuple[Holiday, ...] = ()
    transfers: tuple[MovedDay, ...] = ()
    martial_law: tuple[MartialLaw, ...] = ()
    weekend: frozenset[int] = frozenset({5, 6})

    @model_validator(mode="after")
    def _has_working_days(self) -> "WorkingCalendar":
        if not self.weekend < frozenset(range(7)):
            raise ValueError("a week has working days, and its days are numbered 0 to 6")
        return self

    def is_working(self, day: date) -> bool:
        weekday = day.weekday() not in self.weekend
        if self.is_martial(day):
            return weekday
        off, worked = _moved(self)
        if day in worked:
            return True
        return weekday and day not in off and day not in rest_days(self, day.year)

    def is_martial(self, day: date) -> bool:
        return any(each.covers(day) for each in self.martial_law)

    def next_working(self, day: date) -> date:
        """The day itself when people work on it, else the first one after it when they do."""
        for distance in range(LONGEST_REST):
            if self.is_working(day + distance * ONE_DAY):
                return day + distance * ONE_DAY
        raise Invalid("calendar.no_working_days", day=day)

    def add_working(self, day: date, n: int) -> date:
        """The n-th working day after `day`, which is not counted itself."""
        for _ in range(n):
            day = self.next_working(day + ONE_DAY)
        return day

    def working_between(self, after: date, through: date) -> int:
        """How many working days there are after the one day, up to and with the other."""
        days = (after + distance * ONE_DAY for distance in range(1, (through - after).days + 1))
        return sum(self.is_working(day) for day in days)


@lru_cache(maxsize=256)
def rest_days(calendar: WorkingCalendar, year: int) -> frozenset[date]:
    """The holidays of a year and the days off moved from weekends (Labour Code, article 67, part three)."""
    # December's last holidays may push a day off over the New Year, so the year before is counted too.
    resting = {day for each in (year - 1, year) for day in _holidays_in(calendar, each)}
    for day in sorted(resting):
        if day.weekday() in calendar.weekend:
            resting.add(_first_free(day, calendar, resting))
    return frozenset(day for day in resting if day.year == year)


def _holidays_in(calendar: WorkingCalendar, year: int) -> Iterator[date]:
    for holiday in calendar.holidays:
        day = holiday.in_year(year)
        if day is not None and not calendar.is_martial(day):
            yield day


def _first_free(day: date, calendar: WorkingCalendar, taken: set[date]) -> date:
    while day in taken or day.weekday() in calendar.weekend:
        day += ONE_DAY
    return day


@lru_cache(maxsize=32)
def _moved(calendar: WorkingCalendar) -> tuple[frozenset[date], frozenset[date]]:
    return frozenset(each.off for each in calendar.transfers), frozenset(each.worked for each in calendar.transfers)


def _date_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # 29 February in a common year
        return None
