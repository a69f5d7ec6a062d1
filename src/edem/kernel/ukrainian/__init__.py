"""Ukrainian as programs need it: spelling, order, numbers, dates, plurals, lemmas, transliteration."""

from edem.kernel.ukrainian.euphony import place_after
from edem.kernel.ukrainian.latin import slug, transliterate
from edem.kernel.ukrainian.lemmas import is_known, lemmas, readings, words
from edem.kernel.ukrainian.letters import ALPHABET, APOSTROPHE, fold, normalise, sort_key
from edem.kernel.ukrainian.numbers import number, number_from, percent, plural
from edem.kernel.ukrainian.phrases import date_words, day_month, moment_words, weekday_words

__all__ = [
    "ALPHABET",
    "APOSTROPHE",
    "N_",
    "date_words",
    "day_month",
    "fold",
    "is_known",
    "lemmas",
    "moment_words",
    "normalise",
    "number",
    "number_from",
    "percent",
    "place_after",
    "plural",
    "readings",
    "slug",
    "sort_key",
    "transliterate",
    "weekday_words",
    "words",
]


def N_(words: str) -> str:  # noqa: N802 - the name gettext's extractors look for
    """Mark words for the catalogue; the edge translates them, because pure modules know no reader's language."""
    return words
