"""Which category a text speaks of: its lemmas over the categories' words, the rarer the word the more it says. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import Final

from edem.kernel.ukrainian import normalise, readings, words
from edem.kernel.ukrainian.places import BESIDE
from edem.services.reports.rules.tree import OTHER, SEPARATOR

MOST: Final = 3
_TITLE, _WORDS = 1.5, 1.0
_DEEPER: Final = 0.05
_LEAST: Final = 0.35
"""Of what the best one has: a category that only shares a common word is not named beside it."""
_CLEAR: Final = 1.25
_ASIDE: Final = 0.3
"""Only says where."""
_SHORTEST: Final = 3


@dataclass(frozen=True)
class Named:
    """A category as it is searched."""

    code: str
    title: str
    words: str


def suggested(text: str, categories: Sequence[Named], *, title: str = "", most: int = MOST) -> list[str]:
    """The likeliest first; nothing when no word is known, for «Інше» is chosen by people, not by guess."""
    scores = _scores(text, title, categories)
    ordered = sorted(scores, key=lambda code: (-scores[code], code))
    kept = [code for code in ordered if scores[code] >= _LEAST * scores[ordered[0]]]
    return [code for code in kept if not _is_above(code, kept)][:most]


def certain(text: str, categories: Sequence[Named], *, title: str = "") -> str | None:
    """The one that may be taken without asking: nothing else comes near it."""
    found = suggested(text, categories, title=title)
    scores = _scores(text, title, categories)
    second = max((scores[code] for code in found[1:]), default=0.0)
    return found[0] if found and scores[found[0]] >= _CLEAR * second else None


def _scores(text: str, title: str, categories: Sequence[Named]) -> dict[str, float]:
    """What the title names counts again: people begin with the thing itself."""
    said, above = _said(text), _said(title)
    index = _index(tuple(categories))
    return {
        each.code: found * (1 + _depth(each.code))
        for each in categories
        if each.code != OTHER
        and (found := _weight(said, index.weights[each.code]) + _weight(above, index.weights[each.code]))
    }


def _said(text: str) -> list[tuple[tuple[str, ...], float]]:
    """The forms of each word, and how much it says: «ліхтар біля переходу» is about the lamp."""
    told = words(normalise(text).lower())
    weights: dict[str, float] = {}
    for before, word in zip(["", *told], told, strict=False):
        weights[word] = max(weights.get(word, 0.0), _ASIDE if before in BESIDE else 1.0)
    return [(tuple(_forms(word)), weight) for word, weight in weights.items()]


def matching(query: str, categories: Iterable[Named]) -> list[str]:
    """For the search box: every word of the query must begin a word, or be a form of one."""
    asked = [word for word in words(normalise(query).lower()) if word]
    return [each.code for each in categories if asked and all(_is_in(word, each) for word in asked)]


def forms_in(text: str) -> frozenset[str]:
    return frozenset(form for word in words(normalise(text).lower()) for form in _forms(word))


@dataclass(frozen=True)
class _Index:
    weights: Mapping[str, Mapping[str, float]]
    """Code → lemma → how much it says for this category."""


@lru_cache(maxsize=64)
def _index(categories: tuple[Named, ...]) -> _Index:
    held = {each.code: (forms_in(each.title), forms_in(each.words)) for each in categories}
    often = Counter(form for title, other in held.values() for form in title | other)
    rare = {form: 1 + log(len(held) / count) for form, count in often.items()}
    return _Index(
        {
            code: {form: rare[form] * (_TITLE if form in title else _WORDS) for form in title | other}
            for code, (title, other) in held.items()
        }
    )


def _weight(said: Sequence[tuple[tuple[str, ...], float]], weights: Mapping[str, float]) -> float:
    """Each word counts once, in the form that says the most."""
    return sum(share * max((weights.get(form, 0.0) for form in forms), default=0.0) for forms, share in said)


def _depth(code: str) -> float:
    return _DEEPER * code.count(SEPARATOR)


def _is_above(code: str, others: Sequence[str]) -> bool:
    """A direction is not named beside its own category."""
    return any(other.startswith(code + SEPARATOR) for other in others)


def _is_in(word: str, category: Named) -> bool:
    held = words(normalise(f"{category.title} {category.words}").lower())
    return any(each.startswith(word) for each in held) or bool(
        frozenset(_forms(word)) & forms_in(f"{category.title} {category.words}")
    )


def _forms(word: str) -> Iterable[str]:
    return [form for form in readings(word) if len(form) >= _SHORTEST]
