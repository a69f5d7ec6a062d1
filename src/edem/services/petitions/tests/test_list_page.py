"""The list of petitions: groups, filters, order, search, pages."""

from datetime import timedelta

import pytest

from edem.config.testing.hostile import HOSTILE_WORDS
from edem.services.petitions.actions.indexing import index
from edem.services.petitions.rules.lifecycle import State

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MOST_QUERIES = 7


GROUPS = {
    "collecting": {"collecting"},
    "considered": {"reached", "handed_over", "consideration", "fell_short", "appeal"},
    "answered": {"answered", "fulfilment", "fulfilled", "not_fulfilled"},
    "fulfilment": {"fulfilment", "fulfilled", "not_fulfilled"},
}


@pytest.fixture
def one_in_each_state(collecting, now):
    for state in State:
        collecting(state=state, title=f"Петиція «{state}»", reached_at=now)


@pytest.mark.parametrize("group", GROUPS)
def test_each_group_shows_its_states_and_no_others(one_in_each_state, read, group):
    shown = read(state=group)
    assert {state.value for state in State if f"«{state}»" in shown} == GROUPS[group]


def test_what_is_not_published_is_in_no_list(one_in_each_state, read):
    everything = read(state="all")
    assert {state for state in State if f"«{state}»" not in everything} == {
        State.DRAFT,
        State.MODERATION,
        State.RETURNED,
    }


def test_a_collection_that_ran_out_is_no_longer_listed_as_collecting(collecting, read, now):
    collecting(title="Строк сплив", published_at=now - 90 * DAY, closes_at=now - timedelta(seconds=1))
    assert "Строк сплив" not in read(state="collecting")
    assert "Строк сплив" in read(state="considered")


def test_the_list_is_narrowed_by_topic_and_settlement(collecting, read):
    collecting(title="Лавки в парку", category="Культура і спорт")
    collecting(title="Дорога в Лісовому", category="Дороги і транспорт")
    narrowed = read(category="Культура і спорт")
    assert "Лавки в парку" in narrowed
    assert "Дорога в Лісовому" not in narrowed


def test_the_list_is_ordered_as_asked(collecting, read, now):
    collecting(title="Новіша", signature_count=1, published_at=now - DAY, closes_at=now + 20 * DAY)
    collecting(title="Підтримана", signature_count=9, published_at=now - 2 * DAY, closes_at=now + 30 * DAY)
    collecting(title="Завершальна", signature_count=5, published_at=now - 3 * DAY, closes_at=now + DAY)
    firsts = {
        sort: min(("Новіша", "Підтримана", "Завершальна"), key=read(sort=sort).index)
        for sort in ("newest", "signed", "ending")
    }
    assert firsts == {"newest": "Новіша", "signed": "Підтримана", "ending": "Завершальна"}


def test_search_knows_other_forms_of_a_word_and_forgives_a_wrong_letter(collecting, read):
    index(collecting(title="Встановити ліхтарі на вулиці Садовій", essence="Темно.", demand="Світла."))
    index(collecting(title="Полагодити гойдалку", essence="Зламана.", demand="Нової."))
    for typed in ("ліхтар", "ліхтарями", "ліхтраі", "гойдалки"):
        found = read(q=typed)
        assert ("ліхтарі на вулиці" in found) == typed.startswith("ліх"), typed
        assert ("Полагодити гойдалку" in found) == typed.startswith("гой"), typed


def test_search_looks_for_words_in_every_state(collecting, read):
    index(collecting(title="Відповіли про міст", state=State.ANSWERED, answered_at=None))
    assert "Відповіли про міст" in read(q="міст")


def test_an_empty_list_says_what_to_do_next(community, read):
    assert "Знайдено 0 петицій" in read()
    assert "Створити петицію" in read()


def test_the_list_goes_on_to_a_second_page_and_stops_at_the_last(collecting, read):
    for number in range(21):
        collecting(title=f"Справа {number:02}")
    assert "Справа 00" not in read()
    for last in ("2", "3", "999"):
        assert "Справа 00" in read(page=last)
        assert "Справа 20" not in read(page=last)


def test_no_question_to_the_list_breaks_it(petition, client):
    for hostile in HOSTILE_WORDS:
        for name in ("q", "state", "category", "settlement", "sort", "page"):
            assert client.get("/zhytomyr/petitions/", {name: hostile}).status_code == 200, (name, hostile[:20])


def test_the_list_asks_the_database_as_often_for_many_rows_as_for_few(collecting, client, queries_of, assert_queries):
    for _ in range(3):
        collecting()
    few = queries_of("/zhytomyr/petitions/")
    for _ in range(17):
        collecting()
    with assert_queries(few):
        client.get("/zhytomyr/petitions/")
    assert few <= MOST_QUERIES
