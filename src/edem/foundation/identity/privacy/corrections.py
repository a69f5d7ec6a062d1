"""Reads about requests to correct data: the person's own, the officers' queue, and the words, opened with a trace."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from edem.foundation.identity import vault
from edem.foundation.identity.correction_rules import Decision
from edem.foundation.identity.keys import vault_keys
from edem.foundation.identity.models import Correction
from edem.foundation.identity.purposes import ALLOWED, About, ReadPurpose
from edem.foundation.identity.sealing import unseal
from edem.foundation.people.models import Person
from edem.kernel.errors import Conflict, Missing


@dataclass(frozen=True, kw_only=True)
class Opened:
    """What the officer reads: the person's words, and what the vault has in the disputed fields now."""

    words: str
    values: Mapping[str, str]


def corrections_of(person: Person) -> QuerySet[Correction]:
    return Correction.objects.filter(person=person).select_related("community").order_by("-asked_at", "pk")


def waiting_correction_of(person: Person) -> Correction | None:
    return corrections_of(person).filter(decision=Decision.WAITING).first()


def corrections_waiting(community_id: int) -> QuerySet[Correction]:
    waiting = Correction.objects.filter(community_id=community_id, decision=Decision.WAITING)
    return waiting.order_by("due_at", "pk")


def correction_in(community_id: int, correction_id: uuid.UUID) -> Correction:
    found = Correction.objects.filter(community_id=community_id, pk=correction_id)
    correction = found.select_related("person", "decided_by").order_by("pk").first()
    if correction is None:
        raise Missing("identity.no_correction")
    return correction


def is_identified_anew(correction: Correction) -> bool:
    return vault.confirmed_since(correction.person, correction.asked_at)


@transaction.atomic
def opened(correction: Correction, *, by: Person, now: datetime) -> Opened:
    """A reading: the person sees who opened their request and what was shown beside it. Numbers never are."""
    if correction.decision != Decision.WAITING:
        raise Conflict("identity.correction_decided")
    about = About(kind="identity.correction", community_id=correction.community_id, path="/cabinet/my-data/correct/")
    fields = ALLOWED[ReadPurpose.CORRECTION].intersection(correction.fields)
    values = vault.read(correction.person, fields, purpose=ReadPurpose.CORRECTION, by=by, now=now, about=about)
    return Opened(words=words_of(correction), values=values)


def words_of(correction: Correction) -> str:
    sealed = bytes(correction.words)
    return unseal(sealed, place=place_of_words(correction), ring=vault_keys()).decode() if sealed else ""


def place_of_words(correction: Correction) -> str:
    return f"identity_correction.words.{correction.pk}"
