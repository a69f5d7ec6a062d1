"""Mending a misspelt query: a word that finds nothing gives way to a neighbour that finds something."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.db.models.functions import Length

from edem.foundation.search.lexemes import Term
from edem.foundation.search.models import Document, Word
from edem.foundation.search.spelling import (
    dictionary_neighbours,
    is_one_letter_apart,
    landmarks,
    may_be_mended,
)
from edem.kernel.ukrainian import readings

MOST_MENDED = 4
MOST_TRIED = 8


def mended(terms: Sequence[Term], documents: QuerySet[Document]) -> tuple[Term, ...]:
    """The same terms, those that find nothing here replaced where a neighbour finds something here.

    Only these documents are asked, so a correction never tells of words that this reader may not see.
    """
    misspelt = [term for term in terms if may_be_mended(term.typed) and not _finds(term, documents)]
    right = {term: _nearest(term, documents) for term in misspelt[:MOST_MENDED]}
    return tuple(right.get(term, term) for term in terms)


def neighbours(term: Term) -> list[Term]:
    """Words one letter away by which something is found somewhere, the commonest first."""
    spelt = {word: word for word in _stored_neighbours(term)}
    for form in dictionary_neighbours(term.typed):
        spelt |= dict.fromkeys(readings(form), form)
    stored = Word.objects.filter(word__in=spelt).order_by("-documents", "word")
    return [Term(spelt[word], (word,)) for word in stored.values_list("word", flat=True)]


def _nearest(term: Term, documents: QuerySet[Document]) -> Term:
    return next((each for each in neighbours(term)[:MOST_TRIED] if _finds(each, documents)), term)


def _stored_neighbours(term: Term) -> list[str]:
    """By the word as typed and by its guessed forms: names of places are in no dictionary."""
    looked_for = [form for form in dict.fromkeys((term.typed, *term.forms)) if may_be_mended(form)]
    lengths = [len(form) for form in looked_for]
    near = Word.objects.annotate(length=Length("word")).filter(
        trigrams__overlap=[part for form in looked_for for part in landmarks(form)],
        length__gte=min(lengths) - 1,
        length__lte=max(lengths) + 1,
    )
    found = near.values_list("word", flat=True)
    return [word for word in found if any(is_one_letter_apart(word, form) for form in looked_for)]


def _finds(term: Term, documents: QuerySet[Document]) -> bool:
    # Counted, not EXISTS: for the first row alone PostgreSQL would rather read the whole table than the index.
    return documents.filter(tsv__matches=term.query()).count() > 0
