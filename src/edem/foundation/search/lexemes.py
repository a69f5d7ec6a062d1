"""Texts as PostgreSQL's text search sees them. Both sides are cut into words here, so they always agree. Pure.

Lexemes hold letters, digits and the letter apostrophe only, so nothing a person types is ever an operator.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from edem.kernel.ukrainian import is_known, readings, words

Weight = Literal["A", "B", "C", "D"]

LONGEST_QUERY = 300
MOST_TERMS = 12
MOST_WORDS = 12_000
MOST_PLACES = 20
SHORTEST_PREFIX = 2
SHORTEST_STEM = 4
_ENDINGS = "аеєиіїоуюяйь"


@dataclass(frozen=True)
class Term:
    """One word of a query, with every form by which it may stand in the index."""

    typed: str
    forms: tuple[str, ...]
    stem: str | None = None

    def query(self, *, typing: bool = False) -> str:
        prefix = self.typed if typing and len(self.typed) >= SHORTEST_PREFIX else self.stem
        parts = [f"'{form}'" for form in self.forms]
        return " | ".join([*parts, f"'{prefix}':*"] if prefix else parts)


def terms_of(query: str) -> tuple[Term, ...]:
    """The words that matter in what a person typed; of a pasted page only its beginning."""
    typed = dict.fromkeys(words(query[:LONGEST_QUERY]))
    terms = (Term(word, forms_of(word), _stem(word)) for word in typed)
    return tuple(term for term in terms if term.forms)[:MOST_TERMS]


def all_of(terms: Sequence[Term], *, typing: bool = False) -> str:
    """Documents with every word; while the person is still typing, the last word may be unfinished."""
    last = len(terms) - 1
    return " & ".join(f"({term.query(typing=typing and place == last)})" for place, term in enumerate(terms))


def any_of(terms: Sequence[Term]) -> str:
    return " | ".join(term.query() for term in terms)


def lemma_query(text: str, *, typing: bool = False) -> str:
    """A query for `tsvector @@ …::tsquery` over lemmas; empty when the text holds no word to look for."""
    return all_of(terms_of(text), typing=typing)


def lemmas_text(text: str) -> str:
    """Every dictionary form of every word, for `to_tsvector('simple', …)` or for comparing two texts."""
    return " ".join(form for word in words(text) for form in forms_of(word))


def vector(*texts: tuple[str, Weight]) -> str:
    """A tsvector literal of several texts, each with its weight: a title weighs more than what follows it."""
    places: dict[str, list[str]] = defaultdict(list)
    for place, weight, lexeme in _placed(texts):
        if len(places[lexeme]) < MOST_PLACES:
            places[lexeme].append(f"{place}{weight}")
    return " ".join(f"'{lexeme}':{','.join(where)}" for lexeme, where in places.items())


def lexemes_of(*texts: str) -> list[str]:
    """The different lexemes of several texts, in alphabetical order."""
    return sorted({lexeme for _, _, lexeme in _placed([(text, "A") for text in texts])})


@lru_cache(maxsize=65_536)
def forms_of(word: str) -> tuple[str, ...]:
    """The dictionary's readings; where it only guesses (a village, a brand) also the word itself and its stem."""
    forms = readings(word)
    if not forms or is_known(word):
        return forms
    return tuple(dict.fromkeys((word, _stem(word) or word, *forms)))


def _placed(texts: Sequence[tuple[str, Weight]]) -> Iterator[tuple[int, Weight, str]]:
    place = 0
    for text, weight in texts:
        for word in words(text):
            place += 1
            if place > MOST_WORDS:
                return
            for form in forms_of(word):
                yield place, weight, form


def _stem(word: str) -> str | None:
    """«Вишневогірську» is found by «Вишневогірськ»: what is no word of the dictionary loses its ending."""
    if word.isascii() or any(char.isdigit() for char in word) or is_known(word):
        return None
    stem = word.rstrip(_ENDINGS)
    return stem if len(stem) >= SHORTEST_STEM else None
