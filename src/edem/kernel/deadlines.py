"""Terms and deadlines: Civil Code, articles 251–255. Days begin and end in Kyiv."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from pydantic import BaseModel, ConfigDict, Field

from edem.kernel.workdays import Holiday, MartialLaw, MovedDay, WorkingCalendar

__all__ = [
    "KYIV",
    "DayOff",
    "Holiday",
    "MartialLaw",
    "MovedDay",
    "Term",
    "Unit",
    "WorkingCalendar",
    "days_left",
    "ends_at",
    "kyiv_day",
    "last_day",
    "last_day_before",
    "overdue_days",
    "starts_of_day",
    "warns_at",
]

KYIV = ZoneInfo("Europe/Kyiv")


class Unit(StrEnum):
    CALENDAR_DAYS = "calendar_days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"


class DayOff(StrEnum):
    """What happens to a term whose last day is a day off (Civil Code, article 254, part five)."""

    NEXT_WORKING_DAY = "next_working_day"
    STAYS = "stays"


class Term(BaseModel):
    """A term a council may decide: how long, in what, and from which event."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    amount: int = Field(ge=0, le=3660)
    unit: Unit
    day_off: DayOff = DayOff.NEXT_WORKING_DAY
    starts: str


def last_day(term: Term, started_on: date, calendar: WorkingCalendar) -> date:
    """The last day within the term; its first day is the one after the event (Civil Code, article 253)."""
    match term.unit:
        case Unit.WORKING_DAYS:
            last = calendar.add_working(started_on, term.amount)
        case Unit.CALENDAR_DAYS:
            last = started_on + timedelta(days=term.amount)
        case Unit.MONTHS:
            last = started_on + relativedelta(months=term.amount)
    return last if term.day_off is DayOff.STAYS else calendar.next_working(last)


def ends_at(term: Term, started_at: datetime, calendar: WorkingCalendar) -> datetime:
    """The first instant that is no longer within the term: the midnight after its last day in Kyiv."""
    return starts_of_day(last_day(term, kyiv_day(started_at), calendar) + timedelta(days=1))


def overdue_days(due: datetime, now: datetime) -> int:
    """How many days late, today included: one from the first moment after the end, nought before it."""
    if now < due:
        return 0
    return max(1, (kyiv_day(now) - last_day_before(due)).days)


def days_left(due: datetime, now: datetime) -> int:
    """How many whole days are left after today; nought on the last day and after it."""
    if now >= due:
        return 0
    return (last_day_before(due) - kyiv_day(now)).days


def last_day_before(due: datetime) -> date:
    """The day to show people as the last one: a term that ends at Tuesday's midnight lasts through Monday."""
    return kyiv_day(due - timedelta(microseconds=1))


def warns_at(due: datetime, *, working_days_before: int, calendar: WorkingCalendar) -> datetime:
    """The morning to warn whoever is responsible: so many working days before the last day."""
    day = last_day_before(due)
    for _ in range(working_days_before):
        day -= timedelta(days=1)
        while not calendar.is_working(day):
            day -= timedelta(days=1)
    return datetime.combine(day, time(9), tzinfo=KYIV)


def kyiv_day(at: datetime) -> date:
    if at.tzinfo is None:
        raise ValueError("a moment without a time zone is nobody's moment")
    return at.astimezone(KYIV).date()


def starts_of_day(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=KYIV)
