"""Both sides of the search cut words alike, and nothing typed is an operator."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from edem.foundation.search.lexemes import (
    LONGEST_QUERY,
    MOST_TERMS,
    all_of,
    any_of,
    lemma_query,
    lemmas_text,
    lexemes_of,
    terms_of,
    vector,
)

texts = st.text() | st.text(alphabet="абвдорогу'ʼ\"&|!():*<->\\%_ 12aA\x00\ud83d", max_size=80)


def test_every_form_of_a_word_has_the_same_query():
    assert lemma_query("дорога") != ""
    assert {"'дорога'"} <= set(lemma_query("дорогу")[1:-1].split(" | "))
    assert {"'дорога'"} <= set(lemma_query("доріг")[1:-1].split(" | "))


def test_the_last_word_is_a_beginning_only_while_typing():
    assert lemma_query("ремонт доро", typing=True).endswith("'доро':*)")
    assert "*" not in lemma_query("ремонт дороги")


def test_a_query_without_words_is_empty():
    for text in ("", "   ", "!!! ??? ...", "🙂🙃", "&|!()", "на і"):
        assert lemma_query(text) == ""


def test_the_text_of_lemmas_holds_every_reading():
    assert set(lemmas_text("води").split()) == {"вода", "водити"}
    assert lemmas_text("Ремонт доріг") == "ремонт дорога"


def test_a_name_that_no_dictionary_knows_is_kept_as_it_is_and_found_by_its_beginning():
    assert "вишневогірську" in lexemes_of("у Вишневогірську")
    assert "'вишневогірськ':*" in lemma_query("Вишневогірську")


def test_of_a_pasted_page_only_the_beginning_is_looked_for():
    pasted = " ".join(f"слово{number}" for number in range(20_000))
    assert len(terms_of(pasted)) == MOST_TERMS
    assert len(lemma_query("щ" * 100_000)) < LONGEST_QUERY


@given(texts, st.booleans())
@pytest.mark.django_db
def test_postgresql_reads_every_query_and_every_vector(text, typing):
    with connection.cursor() as cursor:
        for query in (lemma_query(text, typing=typing), any_of(terms_of(text))):
            cursor.execute("SELECT %s::tsvector @@ %s::tsquery", [vector((text, "A"), (text, "D")), query])


@given(st.text(max_size=200))
@pytest.mark.django_db
def test_a_text_is_found_by_its_own_words(text):
    terms = terms_of(text)
    if terms:
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s::tsvector @@ %s::tsquery", [vector((text, "C")), all_of(terms)])
            assert cursor.fetchone() == (True,)
