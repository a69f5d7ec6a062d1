"""Terms end at midnight in Kyiv, never on a day off unless the council says so."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from edem.kernel.deadlines import (
    KYIV,
    DayOff,
    Term,
    Unit,
    days_left,
    ends_at,
    kyiv_day,
    last_day,
    last_day_before,
    overdue_days,
    starts_of_day,
    warns_at,
)
from edem.kernel.tests.test_workdays import PEACE, calendars
from edem.kernel.ukraine import UKRAINE

terms = st.builds(
    Term,
    amount=st.integers(0, 200),
    unit=st.sampled_from(Unit),
    day_off=st.sampled_from(DayOff),
    starts=st.just("published"),
)
moments = st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))


def term(amount, unit, day_off=DayOff.NEXT_WORKING_DAY):
    return Term(amount=amount, unit=unit, day_off=day_off, starts="published")


@given(terms, moments, calendars)
def test_a_term_ends_on_a_working_day_unless_it_may_stay(term, start, calendar):
    if term.day_off is DayOff.NEXT_WORKING_DAY:
        assert calendar.is_working(last_day(term, kyiv_day(start), calendar))


@given(terms, moments, calendars)
def test_a_term_ends_at_the_midnight_after_its_last_day(term, start, calendar):
    end = ends_at(term, start, calendar)
    assert end > start
    assert end.astimezone(KYIV).time().isoformat() == "00:00:00"
    assert last_day_before(end) == last_day(term, kyiv_day(start), calendar)


@given(terms, moments, calendars, st.integers(0, 100))
def test_a_longer_term_never_ends_earlier(term, start, calendar, more):
    longer = term.model_copy(update={"amount": term.amount + more})
    assert ends_at(term, start, calendar) <= ends_at(longer, start, calendar)


@given(terms, st.lists(moments, min_size=2), calendars)
def test_who_starts_later_never_ends_earlier(term, starts, calendar):
    ends = [ends_at(term, start, calendar) for start in sorted(starts)]
    assert all(one <= other for one, other in pairwise(ends))


def test_the_first_day_is_the_one_after_the_event():
    assert last_day(term(1, Unit.CALENDAR_DAYS, DayOff.STAYS), date(2026, 11, 22), UKRAINE) == date(2026, 11, 23)


def test_ninety_calendar_days_of_collection_end_as_counted_by_hand():
    last = last_day(term(90, Unit.CALENDAR_DAYS), date(2026, 1, 15), UKRAINE)
    assert last == date(2026, 4, 15)


def test_ten_working_days_skip_the_holidays_of_peace_and_not_those_of_war():
    assert last_day(term(10, Unit.WORKING_DAYS), date(2019, 4, 25), PEACE) == date(2019, 5, 14)
    assert last_day(term(10, Unit.WORKING_DAYS), date(2025, 4, 25), UKRAINE) == date(2025, 5, 9)


@pytest.mark.parametrize(
    ("start", "months", "last"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 8, 31), 3, date(2026, 11, 30)),
    ],
)
def test_a_month_without_that_number_ends_on_its_last_day(start, months, last):
    assert last_day(term(months, Unit.MONTHS, DayOff.STAYS), start, UKRAINE) == last


@pytest.mark.parametrize(("start", "hours"), [(date(2026, 3, 28), 47), (date(2026, 10, 24), 49)])
def test_days_are_as_long_as_they_are_when_the_clocks_change(start, hours):
    end = ends_at(term(1, Unit.CALENDAR_DAYS, DayOff.STAYS), starts_of_day(start), UKRAINE)
    assert end.astimezone(UTC) - starts_of_day(start).astimezone(UTC) == timedelta(hours=hours)


def test_an_evening_in_london_is_already_tomorrow_in_kyiv():
    late = datetime(2026, 7, 1, 21, 30, tzinfo=UTC)
    assert kyiv_day(late) == date(2026, 7, 2)


def test_a_moment_of_no_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        ends_at(term(1, Unit.CALENDAR_DAYS), datetime(2026, 1, 1), UKRAINE)


DUE = datetime(2026, 11, 27, tzinfo=KYIV)


@pytest.mark.parametrize(
    ("now", "left", "overdue"),
    [
        (datetime(2026, 11, 20, 12, tzinfo=KYIV), 6, 0),
        (datetime(2026, 11, 26, 0, tzinfo=KYIV), 0, 0),
        (datetime(2026, 11, 26, 23, 59, 59, tzinfo=KYIV), 0, 0),
        (datetime(2026, 11, 27, 0, tzinfo=KYIV), 0, 1),
        (datetime(2026, 11, 27, 23, tzinfo=KYIV), 0, 1),
        (datetime(2026, 12, 1, 1, tzinfo=KYIV), 0, 5),
    ],
)
def test_days_are_counted_as_people_count_them(now, left, overdue):
    assert (days_left(DUE, now), overdue_days(DUE, now)) == (left, overdue)


@given(moments, moments)
def test_nothing_is_both_on_time_and_overdue(due, now):
    assert days_left(due, now) == 0 or overdue_days(due, now) == 0
    assert (overdue_days(due, now) > 0) == (now >= due)


def test_the_warning_comes_in_the_morning_of_a_working_day_before():
    due = starts_of_day(date(2026, 11, 24))  # the last day is a Monday
    assert warns_at(due, working_days_before=1, calendar=UKRAINE) == datetime(2026, 11, 20, 9, tzinfo=KYIV)
    assert warns_at(due, working_days_before=0, calendar=UKRAINE) == datetime(2026, 11, 23, 9, tzinfo=KYIV)


@given(st.integers(-5, -1) | st.integers(100_000, 10**12))
def test_an_impossible_length_is_refused(amount):
    with pytest.raises(ValidationError):
        term(amount, Unit.WORKING_DAYS)
