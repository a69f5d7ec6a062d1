"""Working days in peace and under martial law."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from edem.kernel.errors import Invalid
from edem.kernel.ukraine import HOLIDAYS, UKRAINE
from edem.kernel.workdays import Holiday, MartialLaw, MovedDay, WorkingCalendar

PEACE = WorkingCalendar(holidays=HOLIDAYS)
ONE_DAY = timedelta(days=1)

days = st.dates(date(2000, 1, 1), date(2060, 12, 31))
counts = st.integers(0, 120)
martial_laws = st.builds(
    lambda since, length: MartialLaw(since=since, until=None if length is None else since + timedelta(days=length)),
    since=days,
    length=st.none() | st.integers(0, 2000),
)
moves = st.builds(
    lambda off, distance: MovedDay(off=off, worked=off + timedelta(days=distance)), days, st.integers(1, 14)
)
calendars = st.builds(
    lambda martial, moved: WorkingCalendar(holidays=HOLIDAYS, martial_law=tuple(martial), transfers=tuple(moved)),
    st.lists(martial_laws, max_size=2),
    st.lists(moves, max_size=3),
)


@given(calendars, days, counts)
def test_add_working_counts_exactly_that_many_working_days(calendar, day, n):
    end = calendar.add_working(day, n)
    assert calendar.working_between(day, end) == n
    assert n == 0 or calendar.is_working(end)


@given(calendars, days, counts, counts)
def test_more_working_days_never_end_earlier(calendar, day, n, more):
    assert calendar.add_working(day, n) <= calendar.add_working(day, n + more)
    assert more == 0 or calendar.add_working(day, n) < calendar.add_working(day, n + more)


@given(calendars, days, st.integers(0, 30), counts)
def test_a_later_start_never_ends_earlier(calendar, day, later, n):
    assert calendar.add_working(day, n) <= calendar.add_working(day + later * ONE_DAY, n)


@given(calendars, days)
def test_the_next_working_day_is_the_first_one(calendar, day):
    found = calendar.next_working(day)
    assert found >= day
    assert calendar.is_working(found)
    assert not any(calendar.is_working(day + distance * ONE_DAY) for distance in range((found - day).days))


@given(calendars, days)
def test_under_martial_law_only_weekends_rest(calendar, day):
    if calendar.is_martial(day):
        assert calendar.is_working(day) == (day.weekday() < 5)


def test_the_days_off_of_2021_are_those_that_the_government_named():
    off = {date(2021, 1, 1) + n * ONE_DAY for n in range(365)}
    off = sorted(day for day in off if day.weekday() < 5 and not UKRAINE.is_working(day))
    assert off == [
        date(2021, 1, 1),
        date(2021, 1, 7),
        date(2021, 3, 8),
        date(2021, 5, 3),  # the 1st, a Saturday, moved; Easter, the 2nd, moved on to the 4th
        date(2021, 5, 4),
        date(2021, 5, 10),
        date(2021, 6, 21),
        date(2021, 6, 28),
        date(2021, 8, 24),
        date(2021, 10, 14),
        date(2021, 12, 27),
    ]


def test_the_day_martial_law_began_changed_the_calendar():
    assert not UKRAINE.is_working(date(2021, 3, 8))
    assert UKRAINE.is_working(date(2022, 3, 8))
    assert UKRAINE.is_working(date(2026, 8, 24))
    assert not UKRAINE.is_working(date(2026, 8, 23))


def test_holidays_return_the_day_after_martial_law_ends():
    calendar = WorkingCalendar(
        holidays=HOLIDAYS, martial_law=(MartialLaw(since=date(2022, 2, 24), until=date(2027, 8, 23)),)
    )
    assert calendar.is_working(date(2027, 6, 28))
    assert not calendar.is_working(date(2027, 8, 24))


def test_a_sunday_holiday_of_martial_law_moves_nothing_into_peace():
    trinity = date(2027, 6, 20)
    calendar = WorkingCalendar(holidays=HOLIDAYS, martial_law=(MartialLaw(since=date(2022, 2, 24), until=trinity),))
    assert calendar.is_working(trinity + ONE_DAY)
    assert not PEACE.is_working(trinity + ONE_DAY)


def test_a_new_year_on_saturday_rests_on_monday():
    assert not PEACE.is_working(date(2033, 1, 3))
    assert PEACE.is_working(date(2033, 1, 4))


@pytest.mark.parametrize(
    ("year", "easter", "trinity"),
    [
        (2019, date(2019, 4, 28), date(2019, 6, 16)),
        (2024, date(2024, 5, 5), date(2024, 6, 23)),
        (2026, date(2026, 4, 12), date(2026, 5, 31)),
    ],
)
def test_easter_and_trinity_move_their_day_off_to_monday(year, easter, trinity):
    dates = {holiday.title: holiday.in_year(year) for holiday in HOLIDAYS if holiday.after_easter is not None}
    assert dates == {"Великдень": easter, "Трійця": trinity}
    assert not PEACE.is_working(easter + ONE_DAY)
    assert not PEACE.is_working(trinity + ONE_DAY)


def test_the_government_moves_a_working_day():
    moved = MovedDay(off=date(2021, 8, 23), worked=date(2021, 8, 28), act="розпорядження № 1191-р")
    calendar = WorkingCalendar(holidays=HOLIDAYS, transfers=(moved,))
    assert not calendar.is_working(moved.off)
    assert calendar.is_working(moved.worked)
    assert calendar.is_working(date(2021, 8, 27))


def test_the_government_cannot_move_days_under_martial_law():
    moved = MovedDay(off=date(2024, 12, 24), worked=date(2024, 12, 28))
    calendar = UKRAINE.model_copy(update={"transfers": (moved,)})
    assert calendar.is_working(moved.off)
    assert not calendar.is_working(moved.worked)


def test_a_holiday_on_the_leap_day_is_kept_in_leap_years_only():
    calendar = WorkingCalendar(holidays=(Holiday(title="День", month=2, day=29),))
    assert not calendar.is_working(date(2024, 2, 29))
    assert calendar.is_working(date(2023, 2, 28))
    assert calendar.is_working(date(2023, 3, 1))


@given(calendars)
def test_a_calendar_survives_being_stored(calendar):
    assert WorkingCalendar.model_validate_json(calendar.model_dump_json()) == calendar


@pytest.mark.parametrize(
    "rule",
    [
        {"title": "Ніколи"},
        {"title": "Двічі", "month": 1, "day": 1, "after_easter": 0},
        {"title": "Півдня", "month": 1},
        {"title": "Тридцяте лютого", "month": 2, "day": 30},
    ],
)
def test_a_holiday_without_one_clear_rule_is_refused(rule):
    with pytest.raises(ValidationError):
        Holiday(**rule)


def test_a_week_without_working_days_is_refused():
    with pytest.raises(ValidationError):
        WorkingCalendar(weekend=frozenset(range(7)))


def test_a_calendar_that_never_works_is_refused_instead_of_searched_for_ever():
    every_day = tuple(MovedDay(off=date(2025, 1, 1) + n * ONE_DAY, worked=date(2020, 1, 1)) for n in range(400))
    with pytest.raises(Invalid, match=r"calendar\.no_working_days"):
        WorkingCalendar(transfers=every_day).next_working(date(2025, 1, 1))


def test_martial_law_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValidationError):
        MartialLaw(since=date(2022, 2, 24), until=date(2022, 2, 23))
