"""Asking to correct one's data, taking it back; the officer's two decisions."""

import uuid
from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.events.announcing import announce
from edem.foundation.identity import vault
from edem.foundation.identity.correction_rules import TERM, Decision, check_reason, check_request
from edem.foundation.identity.events import CorrectionAsked, CorrectionDecided
from edem.foundation.identity.keys import vault_keys
from edem.foundation.identity.models import Correction
from edem.foundation.identity.privacy.corrections import place_of_words
from edem.foundation.identity.sealing import seal
from edem.foundation.identity.two_officers import DECIDE_MEMBERSHIP
from edem.foundation.people.models import Person
from edem.foundation.people.queries import roles_of
from edem.foundation.places.queries import working_calendar
from edem.kernel.deadlines import ends_at
from edem.kernel.errors import Conflict, Missing, NotAllowed


@transaction.atomic(durable=True)
def ask_correction(
    person: Person, fields: Collection[str], words: str, *, community_id: int, now: datetime
) -> uuid.UUID:
    """One at a time; the 30 days begin now."""
    person = Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)

    check_request(fields, words)
    if not vault.holds(person):
        raise Missing("identity.nothing_held")
    if Correction.objects.filter(person=person, decision=Decision.WAITING).exists():
        raise Conflict("identity.correction_asked_already")

    correction = put_down(person, fields, words, community_id=community_id, now=now)

    announce(CorrectionAsked(correction_id=correction.pk, community_id=community_id, due_at=correction.due_at))
    return correction.pk


def put_down(person: Person, fields: Collection[str], words: str, *, community_id: int, now: datetime) -> Correction:
    """The row alone, with its words sealed and its term."""
    correction = Correction(
        person=person,
        community_id=community_id,
        fields=sorted(fields),
        asked_at=now,
        due_at=ends_at(TERM, now, working_calendar(now)),
    )
    correction.words = seal(words.strip().encode(), place=place_of_words(correction), ring=vault_keys())
    correction.save(force_insert=True)
    return correction


@transaction.atomic(durable=True)
def take_back_correction(person: Person, *, now: datetime) -> None:
    mine = Correction.objects.select_for_update(of=("self",)).filter(person=person, decision=Decision.WAITING)
    correction = mine.order_by("pk").first()
    if correction is None:
        raise Missing("identity.no_correction")

    _decide(correction, Decision.TAKEN_BACK, now=now)


@transaction.atomic(durable=True)
def confirm_corrected(correction_id: uuid.UUID, *, by: Person, now: datetime) -> None:
    """Data come only from identification: the person has identified anew since, and an officer has seen to it."""
    correction = _locked(correction_id)

    _check_may_decide(correction, by)
    if not vault.confirmed_since(correction.person, correction.asked_at):
        raise Conflict("identity.not_identified_anew")

    _decide(correction, Decision.CORRECTED, by=by, now=now)

    _announce(correction)
    _record(correction, "identity.confirm_correction", by=by, now=now)


@transaction.atomic(durable=True)
def refuse_correction(correction_id: uuid.UUID, *, reason: str, by: Person, now: datetime) -> None:
    correction = _locked(correction_id)

    _check_may_decide(correction, by)
    check_reason(reason)

    correction.reason = reason.strip()
    _decide(correction, Decision.REFUSED, by=by, now=now)

    _announce(correction)
    _record(correction, "identity.refuse_correction", by=by, now=now)


def _locked(correction_id: uuid.UUID) -> Correction:
    found = Correction.objects.select_for_update(of=("self",)).filter(pk=correction_id).order_by("pk").first()
    if found is None:
        raise Missing("identity.no_correction")
    return found


def _check_may_decide(correction: Correction, by: Person) -> None:
    if not roles_of(by, correction.community_id).intersection(DECIDE_MEMBERSHIP):
        raise NotAllowed("identity.may_not_decide")
    if by == correction.person:
        raise NotAllowed("identity.correction_of_own")
    if correction.decision != Decision.WAITING:
        raise Conflict("identity.correction_decided")


def _decide(correction: Correction, decision: Decision, *, now: datetime, by: Person | None = None) -> None:
    correction.decision, correction.decided_at, correction.decided_by = decision, now, by
    correction.words = b""
    correction.save()


def _announce(correction: Correction) -> None:
    is_corrected = correction.decision == Decision.CORRECTED
    announce(
        CorrectionDecided(
            correction_id=correction.pk,
            community_id=correction.community_id,
            person_id=correction.person_id,
            is_corrected=is_corrected,
        )
    )


def _record(correction: Correction, act: str, *, by: Person, now: datetime) -> None:
    record_staff_act(by, act, community_id=correction.community_id, subject=correction, now=now)
