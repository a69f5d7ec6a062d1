"""Finding things on the real database."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.search import queries
from edem.foundation.search.indexing import forget_document, index_document, index_documents
from edem.foundation.search.lexemes import lemma_query
from edem.foundation.search.models import Document, Word
from edem.foundation.search.queries import documents_in, newest_first, search, similar
from edem.foundation.search.tests.factories import MARCH_1, document, indexed
from edem.foundation.search.words import count_words

pytestmark = pytest.mark.django_db


def titles(query, **options):
    return [hit.title for hit in search(None, query, **options).hits]


ROAD = "Відремонтуйте дорогу на вулиці Київській"
SCHOOL = "Новий спортзал для школи № 12"
BRIDGE = "Обʼєкт незавершеного будівництва: міст через Тетерів"


@pytest.fixture
def petitions():
    indexed(ROAD, SCHOOL, BRIDGE.replace("ʼ", "’"))


@pytest.mark.parametrize(
    "query", ["дороги", "дорога", "ДОРІГ", "ремонт дороги на вулиці", "відремонтувати дороги", "київська вулиця"]
)
def test_any_form_of_a_word_finds_the_road(petitions, query):
    assert titles(query)[0] == ROAD


@pytest.mark.parametrize("query", ["об'єкт", "об’єкти", "обʼєктів", "об`єктом", 'об"єкт', "обєкт"])
def test_the_apostrophe_is_forgiven_and_may_be_forgotten(petitions, query):
    assert titles(query) == [BRIDGE]


@pytest.mark.parametrize("query", ["дорoгу", "вyлиця", "cпортзал"])
def test_latin_look_alikes_are_forgiven(petitions, query):
    assert len(titles(query)) == 1


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("дорлгу", ROAD),  # wrong
        ("дрогу", ROAD),  # missing
        ("дороргу", ROAD),  # extra
        ("дроогу", ROAD),  # swapped
        ("вулиьця", ROAD),
        ("спортазл", SCHOOL),
        ("шокла", SCHOOL),
        ("будівнитцво", BRIDGE),
        ("незавершеного будвіництва", BRIDGE),
        ("тетрів", BRIDGE),
    ],
)
def test_one_wrong_letter_is_forgiven(petitions, query, title):
    page = search(None, query)
    assert page.hits[0].title == title


def test_a_correction_is_told_of(petitions):
    page = search(None, "Дорлгу, вулиця")
    assert (page.query, page.corrected_query, page.only_some_words) == ("Дорлгу, вулиця", "дорогу вулиця", False)


def test_a_misspelt_word_among_missing_ones_is_corrected_too(petitions):
    page = search(None, "тролейбус дорлгу вулиця")
    assert (page.corrected_query, page.only_some_words) == ("тролейбус дорогу вулиця", True)


def test_a_right_word_is_not_corrected(petitions):
    assert search(None, "дорога").corrected_query is None


def test_two_wrong_letters_are_too_many(petitions):
    page = search(None, "дарлгу")
    assert (page.total, page.hits, page.corrected_query) == (0, (), None)


def test_a_word_in_the_title_outweighs_any_number_further_down():
    index_document(document(1, "Про різне", summary="дорога " * 30, text="дорога " * 300))
    index_document(
        document(2, "Довга назва, у якій між багатьох інших слів є ще й дорога до школи у місті", text="школа")
    )
    assert [hit.subject_id for hit in search(None, "дорога").hits] == ["2", "1"]


def test_equal_answers_stand_newest_first():
    indexed("Дорога", "Дорога")
    index_document(document(3, "Дорога", at=MARCH_1 + timedelta(days=1)))
    assert [hit.subject_id for hit in search(None, "дорога").hits] == ["3", "1", "2"]


@pytest.mark.parametrize("query", ["доро", "відремонтуйте дор", "Київсь", "№ 12", "тете"])
def test_an_unfinished_last_word_is_found_while_typing(petitions, query):
    assert len(titles(query, typing=True)) == 1


def test_text_is_searched_and_not_kept():
    index_document(document(1, "Парк", summary="слово " * 200, text="у тексті згадано водограй"))
    hit = search(None, "водограї").hits[0]
    assert hit.title == "Парк"
    assert len(hit.summary) <= 300
    assert hit.summary.endswith("…")


def test_what_holds_only_some_of_the_words_is_shown_as_such(petitions):
    page = search(None, "дорога до школи")
    assert page.only_some_words
    assert {hit.title for hit in page.hits} == {ROAD, SCHOOL}


def test_names_that_no_dictionary_knows_are_found_in_every_case():
    indexed("Освітлення у Вишневогірську", "Сквер Вишневогірська")
    for query in ("Вишневогірськ", "Вишневогірська", "вишневогірському", "Вишнивогірськ", "Вишневогірсьък"):
        assert search(None, query).total == 2


def test_a_community_sees_its_own_and_the_country_sees_all():
    here, there = CommunityFactory(), CommunityFactory()
    index_document(document(1, "Дорога тут", community_id=here.pk))
    index_document(document(2, "Дорога там", community_id=there.pk))
    assert [hit.title for hit in search(here.pk, "дорога").hits] == ["Дорога тут"]
    assert {hit.community_slug for hit in search(None, "дорога").hits} == {here.slug, there.slug}


def test_what_is_not_public_is_found_only_by_whoever_may():
    index_document(document(1, "Дорога таємна", public=False))
    assert search(None, "дорога").total == 0
    assert search(None, "дорога", public_only=False).total == 1


def test_a_correction_never_betrays_a_hidden_word():
    index_document(document(1, "Дорога таємна", public=False))
    assert search(None, "таєнма").corrected_query is None
    assert search(None, "таєнма", public_only=False).corrected_query == "таємна"


def test_services_can_be_chosen():
    index_document(document(1, "Дорога", service="petitions"))
    index_document(document(1, "Дорога", service="reports"))
    assert [hit.service for hit in search(None, "дорога", services=["reports"]).hits] == ["reports"]
    assert search(None, "дорога", services=[]).total == 0


def test_a_thing_indexed_again_is_found_by_its_new_words_only(petitions):
    index_document(document(1, "Тролейбус до вокзалу", state="open"))
    assert titles("дорога") == []
    assert search(None, "тролейбуси").hits[0].state == "open"
    assert Document.objects.count() == 3


def test_a_thing_told_of_twice_in_one_batch_is_kept_as_told_last():
    index_documents([document(1, "Дорога"), document(2, "Школа"), document(1, "Тролейбус")])
    assert Document.objects.count() == 2
    assert titles("тролейбус") == ["Тролейбус"]
    assert titles("дорога") == []


def test_a_forgotten_thing_is_not_found(petitions):
    forget_document(service="petitions", kind="petition", subject_id="1")
    assert titles("дорога") == []


def test_a_thing_is_findable_only_if_its_transaction_ends_well():
    def index_and_fail():
        with transaction.atomic():
            index_document(document(1, "Дорога"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        index_and_fail()
    assert titles("дорога") == []


def test_pages_follow_one_another_without_repeating():
    indexed(*[f"Дорога {number}" for number in range(45)])
    pages = [search(None, "дорога", page=number) for number in (1, 2, 3)]
    found = [hit.subject_id for page in pages for hit in page.hits]
    assert len(found) == len(set(found)) == pages[0].total == 45
    assert [page.pages for page in pages] == [3, 3, 3]


@pytest.mark.parametrize(("asked", "shown"), [(0, 1), (-5, 1), (10**9, 1)])
def test_a_page_that_is_not_there_gives_the_nearest(petitions, asked, shown):
    page = search(None, "дорога", page=asked)
    assert page.page == shown
    assert page.hits


HOSTILE = [
    "", " ", "\x00", "дорога\x00", "' OR 1=1 --", "дорога & !школа", "а:*", "((((", "\\'", "<->", "🙂", "дорога 🙂", "\ud800",
    "!!!", "%", "_", "ʼʼʼ", "ʼ", "'", "NULL", "\u202e", "й\u0306" * 50, "дорога " * 20_000, "я" * 100_000, "(" * 100_000,
    "x" * 100_000, "1" * 100_000, "ﷺ" * 1000,
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("typing", [False, True])
def test_a_hostile_query_is_only_words(petitions, query, typing):
    page = search(None, query, typing=typing)
    assert all(hit.title in (ROAD, SCHOOL, BRIDGE) for hit in page.hits)
    assert len(page.query) <= 300
    assert "\x00" not in page.query


@given(st.text())
@settings(max_examples=50)
def test_any_text_can_be_indexed_and_asked_for(text):
    index_document(document("any", text, summary=text, text=text))
    search(None, text, typing=True)


def test_operators_are_only_punctuation(petitions):
    assert titles("дорога & !!вулиця | (") == [ROAD]


def test_similar_things_share_words():
    indexed("Освітлення на вулиці Садовій", "Світлофор біля школи", "Вуличне освітлення Садової")
    index_document(document(9, "Освітлення Садової", service="reports"))
    found = similar(None, "Просимо зробити освітлення вулиці Садової", service="petitions")
    assert [hit.subject_id for hit in found][:1] == ["1"]
    assert {hit.subject_id for hit in found} == {"1", "3"}
    assert similar(None, "…", service="petitions") == ()


def test_words_are_counted_anew_and_forgotten_with_their_last_document():
    indexed("Дорога", "Дорога до школи")
    forget_document(service="petitions", kind="petition", subject_id="2")
    index_document(document(3, "Дорога"))
    Word.objects.filter(word="дорога").update(documents=77)
    Word.objects.filter(word="дорогий").delete()
    count_words()
    assert dict(Word.objects.values_list("word", "documents")) == {"дорога": 2, "дорогий": 2}


def test_of_two_neighbours_the_commoner_word_is_meant():
    indexed("Школа", "Шкода", "Шкода")
    count_words()
    assert search(None, "шкооа").corrected_query in ("шкода", "шкоди")
    assert search(None, "шкоа").corrected_query == "шкода"


def test_an_ordinary_search_asks_the_database_twice(petitions, assert_queries):
    with assert_queries(2):
        search(None, "дорогу")


def test_the_index_can_answer_and_nothing_makes_reading_everything_look_cheaper():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = documents_in(None).filter(tsv__matches=lemma_query("ремонт дороги", typing=True)).explain()
        cursor.execute(
            "SELECT attstorage FROM pg_attribute WHERE attrelid = 'search_document'::regclass AND attname = 'tsv'"
        )
        (storage,) = cursor.fetchone()
        cursor.execute("SELECT reloptions FROM pg_class WHERE relname IN ('document_words', 'word_trigrams')")
        options = [row for (row,) in cursor.fetchall()]
    assert "document_words" in plan
    assert storage == "m"
    assert options == [["fastupdate=off"]] * 2


@pytest.mark.parametrize(("query", "leafs"), [("дорога", True), ("ремонт дороги", False)])
def test_only_one_word_is_looked_for_among_the_newest(petitions, query, leafs):
    """Words that are common each and never stand together made it leaf through everything there is."""
    found = documents_in(CommunityFactory().pk).filter(tsv__matches=lemma_query(query))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off")
    plan = newest_first(found, together="&" in lemma_query(query)).values("pk")[:300].explain()
    assert ("document_newest" in plan and "Presorted Key" in plan) is leafs


def test_what_answers_very_often_is_counted_to_a_bound(monkeypatch):
    monkeypatch.setattr(queries, "MOST_WEIGHED", 3)
    for number in range(1, 7):
        index_document(document(number, "Ремонт дороги", at=MARCH_1 + timedelta(days=number)))
    page = search(None, "дорога", per_page=2)
    assert (page.total, page.is_cut, page.pages) == (3, True, 2)
    assert [hit.subject_id for hit in page.hits] == ["6", "5"]


def test_one_common_word_alone_makes_nothing_alike(monkeypatch):
    monkeypatch.setattr(queries, "RARE", 0)
    indexed("Ремонт дороги", "Ремонт школи")
    assert [hit.subject_id for hit in similar(None, "ремонт дороги на Садовій", service="petitions")] == ["1"]
