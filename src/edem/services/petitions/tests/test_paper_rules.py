"""What is right on a paper row, and how a tired clerk's typing is read."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.foundation.identity.tests.factories import tax_number_of
from edem.kernel.errors import Conflict, Invalid, NotAllowed, Refused
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.rules.paper import (
    MOST_ROWS,
    TAKES_PAPER,
    Frame,
    Line,
    SheetState,
    check_four_eyes,
    check_may_confirm,
    check_may_fill,
    check_strikes,
    faults_of,
    identifier_of,
    numbers_twice,
)
from edem.services.petitions.rules.paper_reading import TypedLine, read_day, read_lines

MARCH = date(2026, 3, 10)
FRAME = Frame(published_on=MARCH - timedelta(days=9), received_on=MARCH)
GOOD = Line(
    place=1,
    name="Бондар Марія",
    number=tax_number_of(date(1956, 9, 2), 7),
    settlement_code="UA1",
    settlement_typed="Заріччя",
    signed_on=MARCH,
    day_typed="10.03",
)
SETTLEMENTS = {"Заріччя": "UA1", "Вишневогірськ": "UA2"}

births = st.dates(min_value=date(1900, 1, 1), max_value=date(2012, 1, 1))


def faults(**changed):
    line = Line(**{**GOOD.__dict__, **changed})
    return [(fault.field, fault.why.code) for fault in faults_of([line], changed.pop("frame", FRAME))]


def test_a_whole_row_has_no_faults():
    assert faults() == []


@pytest.mark.parametrize(("changed", "field", "code"), [
    ({"name": "Бондар"}, "name", "petition.row_no_name"),
    ({"name": "12 345"}, "name", "petition.row_no_name"),
    ({"number": ""}, "number", "petition.row_no_number"),
    ({"number": "АА12345"}, "number", "petition.row_no_number"),
    ({"number": "1234567890"}, "number", "petition.row_tax_number_wrong"),
    ({"number": tax_number_of(date(2173, 1, 1), 3)}, "number", "petition.row_tax_number_wrong"),
    ({"settlement_code": ""}, "settlement", "petition.row_no_settlement"),
    ({"signed_on": None}, "day", "petition.row_no_day"),
    ({"signed_on": MARCH + timedelta(days=1)}, "day", "petition.row_day_outside"),
    ({"signed_on": MARCH - timedelta(days=10)}, "day", "petition.row_day_outside"),
])  # fmt: skip
def test_each_fault_of_a_row_is_told_on_its_field(changed, field, code):
    assert faults(**changed) == [(field, code)]


@given(births, st.integers(0, 9999))
def test_a_tax_number_with_a_wrong_digit_is_never_taken(born, series):
    number = tax_number_of(born, series)
    for digit in range(10):
        line = Line(**{**GOOD.__dict__, "number": f"{number[:9]}{digit}"})
        assert bool(faults_of([line], FRAME)) == (str(digit) != number[9])


@given(births, st.integers(0, 9999), st.integers(1, 100))
def test_a_tax_number_tells_who_is_too_young(born, series, least):
    line = Line(**{**GOOD.__dict__, "number": tax_number_of(born, series)})
    found = faults_of([line], Frame(published_on=FRAME.published_on, received_on=MARCH, minimum_age=least))
    age = MARCH.year - born.year - ((MARCH.month, MARCH.day) < (born.month, born.day))
    assert [fault.why.code for fault in found] == (["petition.row_too_young"] if age < least else [])


def test_who_was_too_young_when_signing_stays_so_when_the_sheet_comes_after_their_birthday():
    frame = Frame(published_on=FRAME.published_on, received_on=MARCH, minimum_age=18)
    born = date(2008, MARCH.month, MARCH.day)
    of_age = Line(**{**GOOD.__dict__, "number": tax_number_of(born, 7)})
    assert faults_of([of_age], frame) == []
    early = replace(of_age, signed_on=MARCH - timedelta(days=1))
    assert [fault.why.code for fault in faults_of([early], frame)] == ["petition.row_too_young"]


@pytest.mark.parametrize("number", ["АА123456", "аа 123456", "AA № 123456", "АА-123456"])
def test_a_passport_is_one_however_it_is_written(number):
    assert identifier_of(number) == "doc:АА123456"


def test_an_identity_card_has_nine_digits():
    assert identifier_of("000 123 456") == "doc:000123456"


def test_one_number_twice_on_a_sheet_is_a_fault_of_both_rows():
    other = Line(**{**GOOD.__dict__, "place": 2, "number": f"{GOOD.number[:5]} {GOOD.number[5:]}"})
    found = faults_of([GOOD, other], FRAME)
    assert [(fault.place, fault.why.code) for fault in found] == [
        (1, "petition.row_twice"),
        (2, "petition.row_twice"),
    ]


@given(st.lists(st.text(max_size=15), max_size=MOST_ROWS))
def test_whatever_stands_for_a_number_the_sheet_is_judged_and_nothing_breaks(numbers):
    lines = [Line(place=place, number=number) for place, number in enumerate(numbers, start=1)]
    assert len(faults_of(lines, FRAME)) >= len(lines)
    assert len(numbers_twice(lines)) <= len(lines) // 2


@pytest.mark.parametrize(("typed", "day"), [
    ("10.03.2026", MARCH),
    ("10.3.26", MARCH),
    ("10.03", MARCH),
    ("10/03", MARCH),
    ("11.03", date(2025, 3, 11)),
    ("31.12", date(2025, 12, 31)),
    ("29.02.2024", date(2024, 2, 29)),
    ("30.02", None),
    ("завтра", None),
    ("1.2.3.4", None),
    ("10.03.20261", None),
    ("", None),
])  # fmt: skip
def test_a_day_is_read_as_people_write_it(typed, day):
    assert read_day(typed, received_on=MARCH) == day


@given(st.text(max_size=20))
def test_any_text_is_a_day_or_none(typed):
    assert read_day(typed, received_on=MARCH) is None or isinstance(read_day(typed, received_on=MARCH), date)


def test_an_empty_settlement_and_day_are_those_above():
    typed = [
        TypedLine(place=1, name="Бондар Марія", number="1", settlement="заріччя", day="9.03"),
        TypedLine(place=2, name="Савчук Данило", number="2"),
        TypedLine(place=4, name="Гнатюк Петро", number="3", settlement="Вишневогірськ"),
        TypedLine(place=5, name="Мороз Віктор", number="4", day="10.03"),
    ]
    read = read_lines(typed, settlements=SETTLEMENTS, received_on=MARCH)
    assert [(line.place, line.settlement_code, line.signed_on and line.signed_on.day) for line in read] == [
        (1, "UA1", 9),
        (2, "UA1", 9),
        (4, "UA2", 9),
        (5, "UA2", 10),
    ]


def test_empty_rows_between_are_left_out_and_a_foreign_settlement_stays_as_typed():
    typed = [TypedLine(place=1), TypedLine(place=2, name=" \t "), TypedLine(place=3, name="Я", settlement="Бахмут")]
    [line] = read_lines(typed, settlements=SETTLEMENTS, received_on=MARCH)
    assert (line.place, line.settlement_code, line.settlement_typed) == (3, "", "Бахмут")


@given(st.text(), st.text(), st.text(), st.text())
def test_whatever_is_typed_fits_the_row(name, number, settlement, day):
    typed = TypedLine(place=1, name=name, number=number, settlement=settlement, day=day)
    for line in read_lines([typed], settlements=SETTLEMENTS, received_on=MARCH):
        assert len(line.name) <= 200
        assert len(line.number) <= 20
        assert len(line.settlement_typed) <= 100
        assert len(line.day_typed) <= 20
        assert "\x00" not in line.name + line.number + line.settlement_typed + line.day_typed


@given(st.sampled_from(SheetState))
def test_only_a_sheet_in_work_is_filled_in(state):
    if state in {SheetState.DRAFT, SheetState.RETURNED}:
        check_may_fill(state)
    else:
        with pytest.raises(Conflict):
            check_may_fill(state)


@given(st.sampled_from(SheetState), st.sampled_from(State))
def test_a_waiting_sheet_is_confirmed_at_any_stage_after_publication(state, petition):
    try:
        check_may_confirm(state, petition)
    except Refused:
        assert state is not SheetState.HANDED_OVER or petition not in TAKES_PAPER
    else:
        assert state is SheetState.HANDED_OVER
        assert petition not in {State.DRAFT, State.MODERATION, State.REJECTED, State.WITHDRAWN}


def test_whoever_entered_a_sheet_does_not_confirm_it_where_two_are_wanted():
    me, other = uuid4(), uuid4()
    with pytest.raises(NotAllowed):
        check_four_eyes(by=me, hands=[other, me], two_clerks=True)
    check_four_eyes(by=me, hands=[other], two_clerks=True)
    check_four_eyes(by=me, hands=[me], two_clerks=False)


def test_only_rows_of_the_sheet_are_struck():
    check_strikes({1: "нерозбірливо"}, [1, 2])
    with pytest.raises(Invalid):
        check_strikes({3: "нерозбірливо"}, [1, 2])
