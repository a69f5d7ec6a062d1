"""The category is found in what people say, in any form of the words; the search box finds it by its beginning."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.services.reports.rules.suggesting import MOST, Named, certain, matching, suggested
from edem.services.reports.rules.tree import tree_of_the_act

ACT = [Named(each.code, each.title, each.words) for each in tree_of_the_act()]

SAID = [
    ("На дорозі біля школи величезна яма, пробив колесо", "3.8"),
    ("Вибоїни по всій вулиці Київській", "3.8"),
    ("Не горить ліхтар на розі, темно йти з роботи", "2.2.1"),
    ("Переповнені баки для сміття, третій день не вивозять контейнери", "2.1.3"),
    ("Стихійне звалище за гаражами", "2.1.1"),
    ("Зламані гойдалки на дитячому майданчику", "1.3"),
    ("Зграя бездомних собак кидається на дітей", "6.1.1"),
    ("Провалився люк, кришки немає", "2.6"),
    ("Бурульки звисають з даху над входом", "2.5"),
    ("Тротуар не посипали, ожеледь, люди падають", "2.4"),
    ("Стерлася розмітка на переході", "3.2"),
    ("Світлофор не працює на перехресті", "3.4"),
    ("Сухе дерево нахилилося над дорогою", "4.1.1"),
    ("Після бурі впало дерево на машину", "4.1.2"),
    ("Немає води вже добу, прорвало трубу", "7.1"),
    ("Холодні батареї, опалення не дали", "7.3"),
    ("Другий тиждень не працює ліфт у третьому під’їзді", "7.6"),
    ("Покинуте авто без номерів стоїть у дворі", "6.2"),
    ("Розбиті лавки в парку", "2.7"),
    ("Зігнутий дорожній знак біля ринку", "3.3"),
    ("Графіті з рекламою наркотиків на стіні", "2.3"),
    ("Пандус завузький, на візку не заїхати", "2.9"),
    ("Тече дах, залило квартиру", "7.5"),
    ("Ліхтар біля переходу не світить, дітей не видно", "2.2.1"),
    ("Розбита лавка навпроти зупинки", "2.7"),
    ("Павільйон зупинки без навісу", "2.11.5"),
]


def test_the_category_is_among_the_first_three_for_what_people_say():
    lost = [(said, suggested(said, ACT)) for said, code in SAID if code not in suggested(said, ACT)]
    assert lost == []


def test_the_first_one_is_right_nine_times_of_ten():
    right = sum(suggested(said, ACT)[:1] == [code] for said, code in SAID)
    assert right >= 0.9 * len(SAID), [
        (said, suggested(said, ACT)) for said, c in SAID if suggested(said, ACT)[:1] != [c]
    ]


def test_what_a_report_begins_with_weighs_more():
    text = "Велика яма на дорозі біля школи. Діти обходять її по проїжджій частині."
    assert certain(text, ACT, title="Велика яма на дорозі біля школи") == "3.8"


def test_what_may_be_two_things_is_asked():
    assert certain("Люк і тротуар", ACT) is None
    assert certain("Тут негаразд", ACT) is None


@pytest.mark.parametrize("said", ["", "Доброго дня", "asdf qwerty", "…"])
def test_what_says_nothing_suggests_nothing(said):
    assert suggested(said, ACT) == []


@given(st.text(max_size=200))
def test_any_text_is_read(said):
    found = suggested(said, ACT)
    assert len(found) <= MOST
    assert "8" not in found


@pytest.mark.parametrize(
    ("typed", "code"), [("ліхт", "2.2.1"), ("ями", "3.8"), ("собак", "6.1.1"), ("дерев сух", "4.1.1")]
)
def test_the_search_finds_by_the_beginning_and_by_other_forms(typed, code):
    assert code in matching(typed, ACT)


def test_an_empty_search_finds_nothing():
    assert matching("  ", ACT) == []
