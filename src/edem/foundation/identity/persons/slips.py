"""The sign-in slip: printed once, good once, for who has no smartphone and no bank in their pocket."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.communities.queries import charter_in_force
from edem.foundation.identity import vault
from edem.foundation.identity.charter import SERVICE, SignInCharter
from edem.foundation.identity.claims import Method
from edem.foundation.identity.keys import vault_keys
from edem.foundation.identity.membership.settling import membership_charter
from edem.foundation.identity.models import Proposal, SignInSlip
from edem.foundation.identity.persons import slip_codes
from edem.foundation.identity.persons.slip_codes import MOST_WRONG_ANSWERS
from edem.foundation.identity.proposals.desk import check_may_decide, locked
from edem.foundation.identity.proposals.proposing import put_forward
from edem.foundation.identity.purposes import About, ReadPurpose
from edem.foundation.identity.two_officers import Matter, Standing
from edem.foundation.people.models import Person
from edem.kernel.errors import Conflict, Missing, NotAllowed

PERMISSION_LASTS = timedelta(days=1)
"""How long a second clerk's word to print a slip stands."""
_NUMBERS = ("tax_number", "document", "unzr")


@dataclass(frozen=True, kw_only=True)
class Printed:
    """What goes on paper, and nowhere else."""

    code: str
    expires_at: datetime
    minutes: int


@dataclass(frozen=True, kw_only=True)
class SlipEntry:
    person: Person
    community_slug: str
    """Whose clerk printed it: where the person goes who typed no other address."""


@transaction.atomic(durable=True)
def ask_for_slip(person_id: uuid.UUID, *, community_id: int, evidence: str, by: Person, now: datetime) -> Proposal:
    """Where the charter wants two clerks: the first one asks."""
    person = locked(person_id)

    check_may_decide(by, community_id)
    _check_offered(community_id, now=now)

    asked: dict[str, Any] = {"community_id": community_id, "reason": evidence, "by": by, "now": now}
    proposal = put_forward(Matter.SLIP, person, **asked)
    record_staff_act(by, "identity.ask_for_slip", community_id=community_id, subject=proposal, now=now)
    return proposal


@transaction.atomic(durable=True)
def issue_slip(person_id: uuid.UUID, *, community_id: int, by: Person, now: datetime) -> Printed:
    """Make the code; it is told once, to be printed. A slip issued before is good no more."""
    person, charter = locked(person_id), membership_charter(community_id, now=now)

    check_may_decide(by, community_id)
    _check_offered(community_id, now=now)
    if not person.is_active:
        raise Conflict("identity.merged_already")
    allowed = permission_for(person, community_id=community_id, now=now) if charter.slip_two_clerks else None
    if charter.slip_two_clerks and allowed is None:
        raise NotAllowed("identity.slip_needs_second")

    _good(person).update(ended_at=now)
    code, key = slip_codes.new_code(), _keys()[0]
    slip = SignInSlip.objects.create(
        community_id=community_id,
        person=person,
        code_hash=slip_codes.hash_of_code(code, key=key),
        answers=_answers(person, code, community_id=community_id, now=now),
        assurance=charter.slip_assurance,
        minutes=charter.slip_minutes,
        issued_by=by,
        confirmed_by=allowed.decided_by if allowed else None,
        issued_at=now,
        expires_at=now + timedelta(days=charter.slip_days),
    )
    if allowed is not None:
        allowed.spent_at = now
        allowed.save(update_fields=["spent_at"])

    record_staff_act(by, "identity.issue_slip", community_id=community_id, subject=slip, now=now)
    return Printed(code=slip_codes.shown(code), expires_at=slip.expires_at, minutes=slip.minutes)


@transaction.atomic(durable=True)
def cancel_slip(person_id: uuid.UUID, *, community_id: int, by: Person, now: datetime) -> None:
    """Lost on the way out, printed by mistake."""
    person = locked(person_id)

    check_may_decide(by, community_id)
    slip = _good(person).filter(community_id=community_id).order_by("pk").first()
    if slip is None:
        raise Conflict("identity.no_slip")

    slip.ended_at = now
    slip.save(update_fields=["ended_at"])
    record_staff_act(by, "identity.cancel_slip", community_id=community_id, subject=slip, now=now)


def enter_with_slip(code: str, answer: str, *, now: datetime) -> SlipEntry:
    """Whose slip it is. A wrong second answer is counted in a commit of its own before it is refused."""
    entry = _entered(slip_codes.typed(code), slip_codes.answer_typed(answer), now=now)
    if entry is None:
        raise NotAllowed("identity.slip_refused")
    return entry


def session_ends_at(person: Person) -> datetime | None:
    """Of the slip the person came in with last; it holds on a community's own host, too."""
    slip = SignInSlip.objects.filter(person=person, used_at__isnull=False).order_by("-used_at", "pk").first()
    return slip.used_at + timedelta(minutes=slip.minutes) if slip and slip.used_at else None


def permission_for(person: Person, *, community_id: int, now: datetime) -> Proposal | None:
    given = Proposal.objects.filter(
        matter=Matter.SLIP, person=person, community_id=community_id, standing=Standing.CONFIRMED
    )
    fresh = given.filter(spent_at__isnull=True, decided_at__gt=now - PERMISSION_LASTS)
    return fresh.select_related("decided_by").order_by("-decided_at", "pk").first()


@transaction.atomic(durable=True)
def _entered(code: str, answer: str, *, now: datetime) -> SlipEntry | None:
    """The same silence for an unknown code, a spent one and a wrong answer."""
    keys = {slip_codes.hash_of_code(code, key=key): key for key in _keys()}
    slips = SignInSlip.objects.select_for_update(of=("self",)).filter(code_hash__in=list(keys))
    good = slips.filter(used_at__isnull=True, ended_at__isnull=True, expires_at__gt=now)
    slip = good.select_related("person", "community").order_by("pk").first()
    if slip is None or not slip.person.is_active:
        return None
    typed = slip_codes.hash_of_answer(code, answer, key=keys[bytes(slip.code_hash)])
    if not slip_codes.is_among(typed, bytes(slip.answers)):
        _count_wrong(slip, now=now)
        return None
    slip.used_at = now
    slip.save(update_fields=["used_at"])
    return SlipEntry(person=slip.person, community_slug=slip.community.slug)


def _count_wrong(slip: SignInSlip, *, now: datetime) -> None:
    SignInSlip.objects.filter(pk=slip.pk).update(wrong_answers=F("wrong_answers") + 1)
    if slip.wrong_answers + 1 >= MOST_WRONG_ANSWERS:
        SignInSlip.objects.filter(pk=slip.pk).update(ended_at=now)


def _answers(person: Person, code: str, *, community_id: int, now: datetime) -> bytes:
    about = About(community_id=community_id)
    fields = (*_NUMBERS, "born_on")
    known = vault.read(person, fields, purpose=ReadPurpose.SIGN_IN, by=None, now=now, about=about)
    things = slip_codes.known_things(born_on=known["born_on"], numbers=[known[field] for field in _NUMBERS])
    if not things:
        raise Conflict("identity.slip_nothing_known")
    return b"".join(slip_codes.hash_of_answer(code, thing, key=_keys()[0]) for thing in things)


def _good(person: Person) -> "QuerySet[SignInSlip]":
    return SignInSlip.objects.filter(person=person, used_at__isnull=True, ended_at__isnull=True)


def _check_offered(community_id: int, *, now: datetime) -> None:
    """Where the council has said nothing about sign-in, slips are printed: those who need one have nothing else."""
    try:
        settled = charter_in_force(community_id, SERVICE, now=now).read(SignInCharter).methods
    except Missing:
        return
    if Method.CNAP_SLIP not in settled:
        raise NotAllowed("identity.slips_off")


def _keys() -> list[bytes]:
    """The current one first; a slip printed before a rotation is good to its end."""
    ring = vault_keys()
    return [ring.derived("sign-in slip", version=version) for version in sorted(ring.keys, key=ring.current.__ne__)]
