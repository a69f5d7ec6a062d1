from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from edem.foundation.places.actions import change_calendar, load_codifier
from edem.foundation.places.calendar_changes import (
    holiday_until,
    martial_law_from,
    martial_law_until,
    with_holiday,
    with_transfer,
    without_transfer,
)
from edem.foundation.places.models import CalendarVersion, Unit
from edem.foundation.places.queries import city_districts_of, path_of, settlements_of, working_calendar
from edem.foundation.places.tests.test_codifier import CITY, COMMUNITY, HEADER, LINES, OBLAST, RAION
from edem.kernel.deadlines import Holiday, MartialLaw, MovedDay
from edem.kernel.errors import Invalid, Refused
from edem.kernel.ukraine import UKRAINE

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ZHYTOMYR = "UA18040190000029215"


def content(*lines: str) -> bytes:
    return (HEADER + "\r\n".join(lines)).encode()


def test_loading_twice_changes_nothing():
    first = load_codifier(content(*LINES))
    second = load_codifier(content(*LINES))
    assert (first.added, first.changed, first.left_out) == (4, 0, 0)
    assert (second.added, second.changed, second.read) == (0, 0, 4)
    assert [unit.code for unit in path_of(CITY)] == [OBLAST, RAION, COMMUNITY, CITY]


def test_a_renamed_unit_is_renamed_and_one_left_out_stays():
    load_codifier(content(*LINES))
    loaded = load_codifier(content(*LINES[:2], LINES[2].replace("Житомирська ", "Новоградська")))
    assert (loaded.added, loaded.changed, loaded.left_out) == (0, 1, 1)
    assert Unit.objects.get(code=COMMUNITY).folded == "новоградська"
    assert Unit.objects.filter(code=CITY).exists()


def test_a_part_may_be_loaded_when_what_it_hangs_on_is_here():
    load_codifier(content(*LINES[:3]))
    assert load_codifier(content(LINES[3])).added == 1


def test_a_file_of_nothing_but_broken_rows_changes_nothing():
    with pytest.raises(Invalid, match=r"codifier\.nothing"):
        load_codifier(content("щось;;;;;O;Не те"))
    assert not Unit.objects.exists()


def test_the_command_lists_broken_rows_and_loads_the_rest(tmp_path):
    file = tmp_path / "katottg.csv"
    file.write_bytes(content(*LINES, "UA18;;;;;O;Коротка"))
    said, complained = StringIO(), StringIO()
    call_command("import_katottg", str(file), stdout=said, stderr=complained)
    assert "Рядок 6: «UA18» не схоже на код КАТОТТГ (UA і 17 цифр)." in complained.getvalue()
    assert "Одиниць у файлі: 4; нових: 4; змінених: 0; хибних рядків: 1." in said.getvalue()


def test_the_command_says_in_a_sentence_why_a_file_is_no_codifier(tmp_path):
    file = tmp_path / "katottg.csv"
    file.write_bytes(b"")
    with pytest.raises(CommandError, match="Файл порожній"):
        call_command("import_katottg", str(file))


@pytest.mark.real_data
def test_the_official_codifier_loads_whole_in_seconds(codifier_file):
    started = datetime.now(UTC)
    loaded = load_codifier(codifier_file.read_bytes())
    assert (loaded.added, loaded.read, loaded.faults) == (31_748, 31_748, [])
    assert datetime.now(UTC) - started < timedelta(seconds=30)
    assert load_codifier(codifier_file.read_bytes()).changed == 0
    assert settlements_of(ZHYTOMYR).first().name == "Вереси"
    assert settlements_of("UA80000000000093317").get().name == "Київ"
    assert city_districts_of("UA80000000000093317").count() == 10


@pytest.mark.real_data
def test_the_official_codifier_is_read_from_cp1251_too(codifier_file):
    text = codifier_file.read_text(encoding="utf-8")
    assert load_codifier(text.encode("cp1251", errors="replace")).read == 31_748


def test_the_first_calendar_knows_the_martial_law():
    calendar = working_calendar(NOW)
    assert calendar == UKRAINE
    assert calendar.is_working(date(2025, 12, 25))
    assert not calendar.is_working(date(2021, 12, 27))


def change(what, *, now=NOW):
    return change_calendar(what, reason="Указ Президента № 1/2026", record=lambda *_, **__: None, now=now)


def test_a_changed_calendar_holds_from_its_moment_and_the_former_stays():
    change(martial_law_until(date(2026, 5, 1)))
    assert working_calendar(NOW - timedelta(seconds=1)) == UKRAINE
    assert working_calendar(NOW).martial_law == (MartialLaw(since=date(2022, 2, 24), until=date(2026, 5, 1)),)
    assert CalendarVersion.objects.count() == 2


def test_each_change_stands_on_the_one_before():
    change(martial_law_until(date(2026, 5, 1)))
    change(with_transfer(MovedDay(off=date(2026, 8, 21), worked=date(2026, 8, 29))))
    calendar = working_calendar(NOW)
    assert not calendar.is_working(date(2026, 8, 21))
    assert calendar.is_working(date(2026, 8, 29))
    assert not calendar.is_working(date(2026, 12, 25))
    change(without_transfer(date(2026, 8, 21)))
    assert working_calendar(NOW).transfers == ()


def test_a_holiday_is_added_and_ended_without_touching_former_years():
    change(with_holiday(Holiday(title="День громади", month=9, day=9, since=2026)))
    place = len(UKRAINE.holidays)
    change(holiday_until(place, 2030))
    assert working_calendar(NOW).holidays[place].until == 2030


@pytest.mark.parametrize(
    ("what", "code"),
    [
        (martial_law_until(date(2022, 1, 1)), "ends_before"),
        (martial_law_from(date(2027, 1, 1)), "martial_law_lasts"),
        (with_transfer(MovedDay(off=date(2026, 8, 21), worked=date(2026, 8, 21))), "same_day"),
        (without_transfer(date(2026, 8, 21)), "no_such_transfer"),
        (with_holiday(UKRAINE.holidays[0]), "holiday_there"),
        (holiday_until(99, 2030), "no_such_holiday"),
    ],
)
def test_a_senseless_change_is_refused_and_saves_nothing(what, code):
    with pytest.raises(Refused, match=code):
        change(what)
    assert CalendarVersion.objects.count() == 1


def test_martial_law_may_begin_again_after_its_end():
    change(martial_law_until(date(2026, 5, 1)))
    change(martial_law_from(date(2026, 6, 1)))
    assert working_calendar(NOW).is_martial(date(2026, 6, 2))
    assert not working_calendar(NOW).is_martial(date(2026, 5, 15))


def test_without_any_saved_calendar_the_law_itself_holds():
    CalendarVersion.objects.all().delete()
    assert working_calendar(NOW) == UKRAINE
