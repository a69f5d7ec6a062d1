"""Mending a misspelt query: a word that finds nothing gives way to a neighbour that finds something."""

from collections.abc import Sequence

from django.contrib.postgres.fields import ArrayField
from django.db.models import IntegerField, QuerySet, TextField, Value
from django.db.models.functions import Length

from edem.foundation.search.expressions import Shared
from edem.foundation.search.lexemes import Term
from edem.foundation.search.models import Document, Word
from edem.foundation.search.spelling import (
    MOST_SPOILT,
    dictionary_neighbours,
    is_one_letter_apart,
    may_be_mended,
    trigrams,
)
from edem.kernel.ukrainian import readings

MOST_MENDED = 4
MOST_TRIED = 8
MOST_NEAR = 200


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
    looked_for = tuple(dict.fromkeys((term.typed, *term.forms)))[:3]
    near = {word for each in looked_for for word in _sharing_trigrams(each)}
    return sorted(word for word in near if any(is_one_letter_apart(word, each) for each in looked_for))


def _sharing_trigrams(word: str) -> list[str]:
    parts = trigrams(word)
    wanted = Value(parts, output_field=ArrayField(TextField()))
    near = Word.objects.annotate(
        length=Length("word"), shared=Shared("trigrams", wanted, output_field=IntegerField())
    ).filter(
        trigrams__overlap=parts,
        length__gte=len(word) - 1,
        length__lte=len(word) + 1,
        shared__gte=max(1, len(parts) - MOST_SPOILT),
    )
    return list(near.order_by("-shared", "word").values_list("word", flat=True)[:MOST_NEAR])


def _finds(term: Term, documents: QuerySet[Document]) -> bool:
    return documents.filter(tsv__matches=term.query()).exists()
