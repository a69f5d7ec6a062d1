"""One slip of the finger, and no more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.foundation.search.spelling import (
    dictionary_neighbours,
    is_one_letter_apart,
    landmarks,
    may_be_mended,
    trigrams,
)
from edem.kernel.ukrainian import ALPHABET

ukrainian_words = st.text(alphabet=ALPHABET, min_size=4, max_size=12)


@st.composite
def slips(draw):
    word = draw(ukrainian_words)
    place = draw(st.integers(0, len(word) - 1))
    letter = draw(st.sampled_from(ALPHABET))
    kind = draw(st.sampled_from(["wrong", "missing", "extra", "swapped"]))
    before, after = word[:place], word[place:]
    spoilt = {
        "wrong": before + letter + after[1:],
        "missing": before + after[1:],
        "extra": before + letter + after,
        "swapped": before + after[1:2] + after[:1] + after[2:],
    }
    return word, spoilt[kind]


@given(slips())
def test_every_slip_is_recognised_both_ways(pair):
    word, spoilt = pair
    assert is_one_letter_apart(word, spoilt) == is_one_letter_apart(spoilt, word) == (word != spoilt)


@given(slips())
def test_a_slip_never_spoils_both_landmarks(pair):
    word, spoilt = pair
    if may_be_mended(spoilt):
        assert set(landmarks(spoilt)) & set(trigrams(word))


def distance(one, other):
    """Optimal string alignment, the slow and plain way: the oracle."""
    rows = [[max(i, j) if 0 in (i, j) else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (one[i - 1] != other[j - 1]))
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


@given(st.text(alphabet="абв", max_size=6), st.text(alphabet="абв", max_size=6))
def test_one_letter_apart_means_a_distance_of_one(one, other):
    assert is_one_letter_apart(one, other) == (distance(one, other) == 1)


@pytest.mark.parametrize(
    ("spoilt", "right"),
    [("дорлгу", "дорогу"), ("асфальтуваня", "асфальтування"), ("вулциі", "вулиці"), ("обєкт", "обʼєкт")],
)
def test_the_dictionary_knows_what_was_meant(spoilt, right):
    assert right in dictionary_neighbours(spoilt)


def test_short_words_and_numbers_are_left_alone():
    assert not may_be_mended("дім")
    assert not may_be_mended("2026")
    assert not may_be_mended("а" * 40)
    assert may_be_mended("дорога")
