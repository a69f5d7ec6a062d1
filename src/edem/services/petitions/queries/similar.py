"""What like this exists already: open petitions to sign instead, and answers that were given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from edem.foundation.communities.models import Community
from edem.foundation.search.lexemes import forms_of, lexemes_of, terms_of
from edem.foundation.search.queries import Hit, similar
from edem.services.petitions.models import Petition
from edem.services.petitions.queries.charters import CODE
from edem.services.petitions.queries.lists import public_petitions
from edem.services.petitions.queries.pages import progress_of
from edem.services.petitions.queries.rows import Row, row_of
from edem.services.petitions.rules.collecting import is_signable
from edem.services.petitions.rules.lifecycle import DECISION_LABELS, Decision, State

COMPARED: Final = 20
SHOWN: Final = 3
SHARED: Final = 2
"""One shared word is chance; two begin to mean the same thing."""
_SILENT = (State.REJECTED, State.WITHDRAWN)


@dataclass(frozen=True, kw_only=True)
class Answered:
    row: Row
    decision: str


@dataclass(frozen=True, kw_only=True)
class Alike:
    """To be signed first, and what has been answered or is being considered."""

    to_sign: Sequence[Row]
    answered: Sequence[Answered]

    def __bool__(self) -> bool:
        return bool(self.to_sign or self.answered)


def alike(community: Community, text: str, *, now: datetime, besides: int | None = None) -> Alike:
    """The most alike first in each group. What is being typed is compared by the lemmas of its words."""
    found = [each for each in similar_petitions(community, text) if each.pk != besides]
    signable = [each for each in found if is_signable(progress_of(each), now)]
    others = [each for each in found if each not in signable]
    return Alike(
        to_sign=[row_of(each, now=now) for each in signable[:SHOWN]],
        answered=[Answered(row=row_of(each, now=now), decision=decision_on(each)) for each in others[:SHOWN]],
    )


def similar_petitions(community: Community, text: str) -> list[Petition]:
    hits = [hit for hit in similar(community.pk, text, service=CODE, longest=COMPARED) if is_alike(hit, text)]
    ids = [int(hit.subject_id) for hit in hits]
    known = public_petitions(community).select_related("community").exclude(state__in=_SILENT).in_bulk(ids)
    return [known[pk] for pk in ids if pk in known]


def is_alike(hit: Hit, text: str) -> bool:
    """Whether enough of the words that were typed stand in it, in any of their forms."""
    typed = terms_of(text)
    held = set(lexemes_of(hit.title, hit.summary))
    shared = sum(not held.isdisjoint((*term.forms, *forms_of(term.typed))) for term in typed)
    return shared >= min(SHARED, len(typed))


def decision_on(petition: Petition) -> str:
    return DECISION_LABELS[Decision(petition.decision)] if petition.decision else ""
