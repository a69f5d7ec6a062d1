"""Finding things: by any form of their words, forgiving the apostrophe and one wrong letter in a word."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from operator import itemgetter

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from edem.foundation.search.expressions import Rank
from edem.foundation.search.lexemes import LONGEST_QUERY, Term, all_of, any_of, terms_of
from edem.foundation.search.mending import mended
from edem.foundation.search.models import Document, Word

MOST_WEIGHED = 300
"""So many of what answers are weighed against each other, the newest: a common word stands in a hundred thousand."""
RARE = 300
"""A word in so few documents tells on its own what a text is about."""
MOST_TELLING = 6
_LAST = "\U0010ffff"
"""After every letter: where the words with one beginning end."""
_SHOWN = ("service", "kind", "subject_id", "title", "summary", "url", "state", "at", "public", "community_id")


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One thing found. `url` is within the community; the national page puts the slug before it."""

    service: str
    kind: str
    subject_id: str
    title: str
    summary: str
    url: str
    state: str
    at: datetime
    public: bool
    community_id: int | None
    community_slug: str | None
    community_name: str | None


@dataclass(frozen=True, kw_only=True)
class SearchPage:
    """A page of what was found, and how the question had to be bent to find anything."""

    query: str
    hits: tuple[Hit, ...] = ()
    total: int = 0
    is_cut: bool = False
    """There is more than `total`, but nobody leafs that far: the question wants another word."""
    page: int = 1
    pages: int = 1
    corrected_query: str | None = None
    """What was looked for instead, when a word was misspelt."""
    only_some_words: bool = False
    """True when nothing holds all the words, and these hold some of them."""


def search(
    community_id: int | None,
    query: str,
    *,
    services: Collection[str] | None = None,
    public_only: bool = True,
    typing: bool = False,
    page: int = 1,
    per_page: int = 20,
) -> SearchPage:
    """Search one community, or the whole country for None; `typing` takes the last word for a beginning."""
    terms = terms_of(query)
    if not terms:
        return SearchPage(query=_tidy(query))
    documents = documents_in(community_id, services=services, public_only=public_only)
    question = _answered(terms, documents, typing=typing)
    pages = max(1, -(-question.total // per_page))
    page = min(max(1, page), pages)
    return SearchPage(
        query=_tidy(query),
        hits=_hits(documents, question, page=page, per_page=per_page),
        total=question.total,
        is_cut=question.is_cut,
        page=page,
        pages=pages,
        corrected_query=question.corrected,
        only_some_words=question.only_some_words,
    )


def subjects_found(community_id: int, query: str, *, service: str, most: int) -> list[str]:
    """Of one service only what the things are called by, the best answers first; the service shows them itself."""
    terms = terms_of(query)
    documents = documents_in(community_id, services=[service])
    question = _answered(terms, documents, typing=False) if terms else _Question(lexemes="")
    return list(_weighed(documents, question).values_list("subject_id", flat=True)[:most]) if question.total else []


def subjects_with(community_id: int, text: str, *, service: str, most: int) -> list[str]:
    """The newest things in which all these words stand: no letter is forgiven, no word left out, nothing weighed."""
    lexemes = all_of(terms_of(text))
    documents = documents_in(community_id, services=[service])
    found = documents.filter(tsv__matches=lexemes) if lexemes else documents
    return list(newest_first(found, together="&" in lexemes).values_list("subject_id", flat=True)[:most])


def similar(community_id: int | None, text: str, *, service: str, longest: int = 5) -> tuple[Hit, ...]:
    """Things of one service that share words with a text, the most alike first: hints while a person writes."""
    terms = terms_of(text)
    documents = documents_in(community_id, services=[service])
    question = _Question(lexemes=telling(terms), is_cut=True)
    return _hits(documents, question, page=1, per_page=longest) if terms else ()


def telling(terms: Sequence[Term]) -> str:
    """Any rare word of a text, or any two of its common ones: one common word alone makes nothing alike."""
    known = Word.objects.filter(word__in=[form for term in terms for form in term.forms]).order_by("word")
    number = dict(known.values_list("word", "documents"))
    weighed = sorted(((sum(number.get(form, 0) for form in term.forms), term) for term in terms), key=itemgetter(0))
    rare = [term for found, term in weighed if found <= RARE]
    common = [term for found, term in weighed if found > RARE][:MOST_TELLING]
    pairs = [f"({all_of(pair)})" for pair in combinations(common, 2)]
    alone = rare or ([] if pairs else common)
    return " | ".join([*([any_of(alone)] if alone else []), *pairs])


def documents_in(
    community_id: int | None, *, services: Collection[str] | None = None, public_only: bool = True
) -> QuerySet[Document]:
    documents = Document.objects.all()
    if community_id is not None:
        documents = documents.filter(community_id=community_id)
    if services is not None:
        documents = documents.filter(service__in=services)
    return documents.filter(public=True) if public_only else documents


@dataclass(frozen=True, kw_only=True)
class _Question:
    lexemes: str
    total: int = 0
    is_cut: bool = False
    corrected: str | None = None
    only_some_words: bool = False


def _answered(terms: Sequence[Term], documents: QuerySet[Document], *, typing: bool) -> _Question:
    """Ask as typed; then with misspelt words mended; then for some of the words."""
    question = _asked(all_of(terms, typing=typing), documents, is_rare=not typing and are_unheard_of(terms))
    if question.total:
        return question
    right = mended(terms, documents)
    corrected = " ".join(term.typed for term in right) if right != tuple(terms) else None
    if corrected:
        question = _asked(all_of(right), documents, corrected=corrected)
    if question.total or len(right) == 1:
        return question
    return _asked(any_of(right), documents, corrected=corrected, only_some_words=True)


def are_unheard_of(terms: Sequence[Term]) -> bool:
    """Whether one of the words is in no dictionary, and as far as the words remembered tell, in no document."""
    guessed = [(term, term.stem) for term in terms if term.stem]
    return any(
        not Word.objects.filter(Q(word__in=term.forms) | Q(word__gte=stem, word__lt=f"{stem}{_LAST}")).exists()
        for term, stem in guessed
    )


def _asked(
    lexemes: str,
    documents: QuerySet[Document],
    *,
    corrected: str | None = None,
    only_some_words: bool = False,
    is_rare: bool = False,
) -> _Question:
    matching = documents.filter(tsv__matches=lexemes).order_by()
    # With a bound PostgreSQL takes a beginning of a word for a common one, and reads the whole table for nothing.
    found = (matching if is_rare else matching[: MOST_WEIGHED + 1]).count()
    return _Question(
        lexemes=lexemes,
        total=min(found, MOST_WEIGHED),
        is_cut=found > MOST_WEIGHED,
        corrected=corrected if found else None,
        only_some_words=only_some_words and found > 0,
    )


def _hits(documents: QuerySet[Document], question: _Question, *, page: int, per_page: int) -> tuple[Hit, ...]:
    found = _weighed(documents, question)
    first = (page - 1) * per_page
    rows = found.values(*_SHOWN, community_slug=F("community__slug"), community_name=F("community__name"))
    return tuple(Hit(**row) for row in rows[first : first + per_page])


def _weighed(documents: QuerySet[Document], question: _Question) -> QuerySet[Document]:
    """The best answers first."""
    found = documents.filter(tsv__matches=question.lexemes)
    if question.is_cut:
        newest = newest_first(found, together="&" in question.lexemes)
        found = Document.objects.filter(pk__in=newest.values("pk")[:MOST_WEIGHED])
    return found.order_by(Rank(question.lexemes).desc(), "-at", "pk")


def newest_first(found: QuerySet[Document], *, together: bool) -> QuerySet[Document]:
    """A common word is met soon among the newest, and the index of them is the short way. Words that are common each
    and seldom stand together would be sought through all of it: PostgreSQL does not know which words go together.
    """
    return found.order_by(Coalesce("at", "at").desc() if together else "-at", "pk")


def _tidy(query: str) -> str:
    return " ".join(query[:LONGEST_QUERY].replace("\x00", " ").split())
