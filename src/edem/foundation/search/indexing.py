"""Putting things where they can be found. Plain functions that work inside the caller's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from edem.foundation.search.expressions import StoredVector
from edem.foundation.search.lexemes import lexemes_of
from edem.foundation.search.models import LONGEST_LEXEME, LONGEST_SUMMARY, Document, Word
from edem.foundation.search.spelling import trigrams
from edem.kernel.ukrainian import normalise

_CHANGING = ("community_id", "title", "summary", "url", "state", "at", "public", "tsv")


@dataclass(frozen=True, kw_only=True)
class SearchDocument:
    """What a service tells of a thing that it wants found. Title, summary and text are searched; text is not shown."""

    community_id: int | None
    service: str
    kind: str
    subject_id: str
    title: str
    url: str
    at: datetime
    public: bool
    summary: str = ""
    text: str = ""
    state: str = ""


def index_document(document: SearchDocument) -> None:
    """Make a thing findable, or findable by its new words."""
    index_documents([document])


def index_documents(documents: Sequence[SearchDocument]) -> None:
    """The same for many at once, in three statements."""
    # One statement cannot write a row twice; and rows are always locked in the same order.
    latest = {(each.service, each.kind, each.subject_id): each for each in documents}
    rows = [_row(latest[key]) for key in sorted(latest)]
    Document.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["service", "kind", "subject_id"],
        update_fields=[name.removesuffix("_id") for name in _CHANGING],
    )
    remember_words(lexemes_of(*(text for each in latest.values() for text in (each.title, each.summary, each.text))))


def forget_document(*, service: str, kind: str, subject_id: str) -> None:
    """Nobody finds it any more; its words are forgotten at night if nothing else holds them."""
    Document.objects.filter(service=service, kind=kind, subject_id=subject_id).delete()


def remember_words(lexemes: Sequence[str]) -> None:
    """Keep the words that were not known yet, so that a misspelt one can find them."""
    wanted = sorted({lexeme for lexeme in lexemes if len(lexeme) <= LONGEST_LEXEME})
    known = set(Word.objects.filter(word__in=wanted).values_list("word", flat=True))
    missing = [Word(word=word, trigrams=trigrams(word)) for word in wanted if word not in known]
    Word.objects.bulk_create(missing, batch_size=2000, ignore_conflicts=True)


def _row(document: SearchDocument) -> Document:
    title, summary, text = (_storable(each) for each in (document.title, document.summary, document.text))
    return Document(
        community_id=document.community_id,
        service=document.service,
        kind=document.kind,
        subject_id=document.subject_id,
        title=_shortened(title, 300),
        summary=_shortened(" ".join(summary.split()), LONGEST_SUMMARY),
        url=document.url,
        state=document.state,
        at=document.at,
        public=document.public,
        tsv=StoredVector((title, "A"), (summary, "C"), (text, "D")),
    )


def _storable(text: str) -> str:
    """PostgreSQL keeps no NUL, and half of a surrogate pair is no character."""
    return normalise(text).replace("\x00", " ").encode("utf-8", "replace").decode()


def _shortened(text: str, longest: int) -> str:
    """Cut between words, with an ellipsis."""
    if len(text) <= longest:
        return text
    return text[: longest - 1].rpartition(" ")[0].rstrip(" ,;:–—-") + "…" if " " in text[:longest] else text[:longest]
