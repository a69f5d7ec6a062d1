"""Dictionary forms of words: «дорогу», «дороги» and «доріг» are all «дорога»."""

import re
from collections import Counter
from functools import lru_cache
from typing import Any

from edem.kernel.ukrainian.letters import APOSTROPHE, fold

# A real word is shorter; a longer run of letters is a paste or an attack, and costs the analyser dearly.
LONGEST_WORD = 40
_WORD = re.compile(rf"[^\W_]+(?:{APOSTROPHE}[^\W_]+)*")
_UKRAINIAN = re.compile(rf"[а-щьюяєіїґ{APOSTROPHE}]+")
_SMALL_WORDS = frozenset({"PREP", "CONJ", "PRCL", "INTJ"})
_ORDER = {"NOUN": 0, "ADJF": 1, "VERB": 2}


def words(text: str) -> list[str]:
    """The words of a text, folded, in order; nothing of its punctuation."""
    return [found[:LONGEST_WORD] for found in _WORD.findall(fold(text))]


def lemmas(text: str) -> list[str]:
    """The likeliest dictionary form of each word, in order; prepositions, conjunctions and particles left out."""
    return [forms[0] for word in words(text) if (forms := readings(word))]


@lru_cache(maxsize=65_536)
def readings(word: str) -> tuple[str, ...]:
    """Every dictionary form the word may have, the likeliest first; none for a word that only joins others."""
    if not _UKRAINIAN.fullmatch(word):
        return (word,)
    parses = _analyser().parse(word.replace(APOSTROPHE, "'"))
    parts = {parse.normal_form: str(parse.tag.POS) for parse in reversed(parses)}
    if all(part in _SMALL_WORDS for part in parts.values()):
        return ()
    often = Counter(parse.normal_form for parse in parses)
    ordered = sorted(parts, key=lambda form: (_ORDER.get(parts[form], 3), -often[form], form))
    return tuple(form.replace("'", APOSTROPHE) for form in ordered[:4])


def is_known(word: str) -> bool:
    """Whether the dictionary has this very form; the names of most villages it has not."""
    return bool(_analyser().dictionary.word_is_known(word.replace(APOSTROPHE, "'")))


@lru_cache(maxsize=1)
def _analyser() -> Any:
    # Loading the dictionary takes a third of a second: whoever needs no lemmas does not pay for it.
    import pymorphy3  # noqa: PLC0415

    return pymorphy3.MorphAnalyzer(lang="uk")
