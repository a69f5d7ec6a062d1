"""Changes of the working calendar that the platform operator makes, each following from an act. Pure."""

from collections.abc import Callable
from datetime import date

from edem.kernel.deadlines import Holiday, MartialLaw, MovedDay, WorkingCalendar
from edem.kernel.errors import Conflict, Invalid, Missing

Change = Callable[[WorkingCalendar], WorkingCalendar]


def with_transfer(moved: MovedDay) -> Change:
    """The Cabinet's order: people rest on one day and work on another."""

    def change(calendar: WorkingCalendar) -> WorkingCalendar:
        if moved.off == moved.worked:
            raise Invalid("calendar.same_day", field="worked")
        days = {day for each in calendar.transfers for day in (each.off, each.worked)}
        if {moved.off, moved.worked} & days:
            raise Conflict("calendar.already_moved", field="off")
        transfers = sorted([*calendar.transfers, moved], key=lambda each: each.off)
        return calendar.model_copy(update={"transfers": tuple(transfers)})

    return change


def without_transfer(off: date) -> Change:
    def change(calendar: WorkingCalendar) -> WorkingCalendar:
        left = tuple(each for each in calendar.transfers if each.off != off)
        if len(left) == len(calendar.transfers):
            raise Missing("calendar.no_such_transfer")
        return calendar.model_copy(update={"transfers": left})

    return change


def with_holiday(holiday: Holiday) -> Change:
    def change(calendar: WorkingCalendar) -> WorkingCalendar:
        if holiday in calendar.holidays:
            raise Conflict("calendar.holiday_there", title=holiday.title)
        return calendar.model_copy(update={"holidays": (*calendar.holidays, holiday)})

    return change


def holiday_until(place: int, year: int) -> Change:
    """The holiday's last year; the years before keep it, so old terms can be counted again."""

    def change(calendar: WorkingCalendar) -> WorkingCalendar:
        if not 0 <= place < len(calendar.holidays):
            raise Missing("calendar.no_such_holiday")
        holidays = list(calendar.holidays)
        holidays[place] = holidays[place].model_copy(update={"until": year})
        return calendar.model_copy(update={"holidays": tuple(holidays)})

    return change


def martial_law_from(since: date) -> Change:
    def change(calendar: WorkingCalendar) -> WorkingCalendar:
        if any(each.until is None or since <= each.until for each in calendar.martial_law):
            raise Conflict("calendar.martial_law_lasts", field="since")
        return calendar.model_copy(update={"martial_law": (*calendar.martial_law, MartialLaw(since=since))})

    return change


def martial_law_until(until: date | None) -> Change:
    """The last day of the martial law; None: it lasts until a further act."""

    def change(calendar: WorkingCalendar) -> WorkingCalendar:
        if not calendar.martial_law:
            raise Missing("calendar.no_martial_law")
        *former, last = calendar.martial_law
        if until is not None and until < last.since:
            raise Invalid("calendar.ends_before_it_begins", since=last.since, field="until")
        ended = last.model_copy(update={"until": until})
        return calendar.model_copy(update={"martial_law": (*former, ended)})

    return change
