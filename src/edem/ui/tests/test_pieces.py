"""Words, numbers and terms as the components write them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.paginator import Paginator
from django.template import engines
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from edem.kernel.money import Hryvnias
from edem.ui import words
from edem.ui.chart.chart import Bars, drawn
from edem.ui.countdown.countdown import words_left
from edem.ui.icon.icon import NAMES, icon
from edem.ui.person.person import initials
from edem.ui.progress.progress import percent

NOON = datetime(2026, 10, 14, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_ukrainian():
    with translation.override("uk"):
        yield


def rendered(source: str, **facts: object) -> str:
    return engines["django"].from_string(source).render(facts)


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_the_bar_is_full_only_when_the_goal_is_reached(value, goal):
    assert (percent(value, goal) == 100) == (value >= goal)
    assert 0 <= percent(value, goal) <= 100


def test_numbers_follow_the_page_s_language():
    assert words.number(Decimal("1234.50")) == "1\u00a0234,5"
    assert words.hryvnias(Hryvnias(320_000_00)) == "320\u00a0000\u00a0₴"
    assert words.hryvnias(Hryvnias(123_450)) == "1\u00a0234,50\u00a0₴"
    with translation.override("en"):
        assert words.number(1234) == "1,234"
        assert words.hryvnias(Hryvnias(123_450)) == "1,234.50\u00a0₴"


def test_dates_are_in_words_and_in_kyiv():
    late = datetime(2026, 10, 14, 21, 30, tzinfo=UTC)
    assert words.day(late) == "15\u00a0жовтня 2026"
    assert words.moment(late) == "15\u00a0жовтня 2026, 00:30"
    assert words.clock(late) == "00:30"
    assert words.day(date(2026, 1, 1)) == "1\u00a0січня 2026"
    with translation.override("en"):
        assert words.day(late) == "15\u00a0October 2026"


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (timedelta(days=12), "12 днів"),
        (timedelta(days=30, hours=12), "30 днів"),
        (timedelta(days=6, minutes=1), "6 днів"),
        (timedelta(hours=48), "2 дні"),
        (timedelta(hours=47, minutes=59), "47 годин"),
        (timedelta(hours=5), "5 годин"),
        (timedelta(minutes=59, seconds=59), "59 хвилин"),
        (timedelta(seconds=1), "1 хвилина"),
        (timedelta(0), "прострочено на 1 день"),
        (timedelta(days=-6, hours=-2), "прострочено на 6 днів"),
    ],
)
def test_what_is_left_is_said_in_the_largest_honest_unit(left, said):
    assert said in words_left(NOON + left, NOON)


def test_every_icon_named_is_drawn_and_every_drawn_one_is_named():
    import re
    from pathlib import Path

    sprite = (Path(__file__).parents[1] / "static/ui/icons.svg").read_text()
    assert set(re.findall(r'id="([^"]+)"', sprite)) == set(NAMES)
    with pytest.raises(ValueError, match="no icon"):
        icon("rocket")


@pytest.mark.parametrize(("name", "letters"), [("Ольга Ткачук", "ОТ"), ("ольга", "О"), ("КП «Шляхбуд»", "К"), ("", "")])
def test_a_person_has_initials(name, letters):
    assert initials(name) == letters


def test_pagination_keeps_the_filters_and_hides_when_there_is_one_page(rf):
    page = Paginator(range(100), 10).page(3)
    html = rendered("{% pagination page %}", page=page, request=rf.get("/", {"topic": "дороги", "page": "3"}))
    assert "&amp;page=4" in html
    assert "topic=%D0%B4" in html
    assert html.count("page=3") == 0
    assert rendered("{% pagination page %}", page=Paginator(range(3), 10).page(1)) == ""


def test_what_people_type_stays_text_in_every_component():
    evil = '<img src=x onerror="alert(1)">'
    source = (
        "{% row title=evil meta=evil word=evil %}{% endrow %}{% tag evil %}{% button evil %}{% person evil role=evil %}"
        '{% button_link evil "/" %}{% door evil "/" words=evil %}{% data_table columns lines=lines caption=evil %}'
    )
    from edem.ui.table.table import Column

    html = rendered(source, evil=evil, columns=[Column(label=evil)], lines=[[evil]])
    assert "<img" not in html


def test_each_cell_of_a_stacking_table_is_named_by_its_column():
    source = (
        '{% table caption="Черга" stacks=True %}<thead><tr><th scope="col">Справа</th><th>{{ evil }}</th></tr></thead>'
        '<tbody><tr><th scope="row">Яма</th><td>завтра</td></tr><tr><th>Ліхтар</th><td data-number>2</td></tr></tbody>{% endtable %}'
    )
    shown = rendered(source, evil='<b onclick="x">Строк</b> "до"')
    assert '<th data-label="Справа" scope="row">Яма</th><td data-label="&lt;b onclick=&quot;x&quot;&gt;Строк' in shown
    assert shown.count('data-label="Справа"') == 2
    assert "<b " not in shown
    assert "data-label" not in rendered(source.replace(" stacks=True", ""), evil="Строк")


@pytest.mark.parametrize("more", [0, 1])
def test_figures_wider_than_a_phone_stack_under_the_names_of_their_columns(more):
    from edem.ui.table.table import MOST_ON_A_PHONE, Column

    columns = [Column(label=f"Стовпець {place}", is_number=place > 0) for place in range(MOST_ON_A_PHONE + more)]
    shown = rendered(
        '{% data_table columns lines=lines caption="Числа" %}', columns=columns, lines=[range(len(columns))]
    )
    assert ("data-stacks" in shown) == bool(more)
    assert ('<td data-number data-label="Стовпець 1">1</td>' in shown) == bool(more)


def test_a_chart_carries_no_markup_from_its_labels_and_no_colours_of_its_own():
    picture = Bars(title="т", unit="шт.", rows=(('<script>alert("x")</script>', 3), ("Б & В", 1)))
    svg = drawn(picture, 328, "uk")
    assert "<script" not in svg
    assert "&amp; В" in svg
    assert "#" not in svg
    assert "var(--accent)" in svg
