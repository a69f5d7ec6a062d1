"""Membership decided at the desk: by one clerk or by two, ended by one, ended by the proof's own last day."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.communities.models import Community
from edem.foundation.files.actions import keep_files
from edem.foundation.identity.ending import end_sessions_of
from edem.foundation.identity.keys import vault_keys
from edem.foundation.identity.membership.charter import MembershipCharter
from edem.foundation.identity.membership.kinds import Kind, Proof, check_proof, months_after
from edem.foundation.identity.membership.settling import membership_charter
from edem.foundation.identity.models import MembershipFact, Proposal
from edem.foundation.identity.proposals.desk import check_may_decide, locked
from edem.foundation.identity.proposals.proposing import put_forward
from edem.foundation.identity.sealed_files import keep_sealed, store_sealed
from edem.foundation.identity.sealing import seal
from edem.foundation.identity.two_officers import Matter
from edem.foundation.people.models import Person
from edem.foundation.places.models import Unit
from edem.kernel.deadlines import KYIV, kyiv_day
from edem.kernel.errors import Conflict, Invalid, Missing

SCAN = keep_sealed("identity.scan")


@transaction.atomic(durable=True)
def decide_membership(
    person_id: uuid.UUID,
    *,
    community_id: int,
    proof: Proof,
    by: Person,
    now: datetime,
    scan: "UploadedFile[bytes] | None" = None,
) -> MembershipFact | Proposal:
    """A clerk has seen a document: the fact, or a proposal where the charter wants a second pair of eyes."""
    person = locked(person_id)
    charter = membership_charter(community_id, now=now)

    check_may_decide(by, community_id)
    check_proof(proof, accepted=charter.kinds, longest_months=charter.longest_months, today=kyiv_day(now))
    check_may_join(person, proof, community_id=community_id, now=now)

    scan_id = _kept_scan(scan, community_id=community_id, by=by, now=now)
    if proof.kind in charter.two_clerks_for:
        return _proposed(person, proof, scan_id, community_id=community_id, by=by, now=now)
    fact = let_in(person, proof, scan_id, community_id=community_id, charter=charter, by=by, now=now)
    record_staff_act(by, "identity.decide_membership", community_id=community_id, subject=fact, now=now)
    return fact


@transaction.atomic(durable=True)
def end_membership(fact_id: int, *, by: Person, now: datetime) -> None:
    """From now on the person does not belong to the community; what they did before stands."""
    facts = MembershipFact.objects.select_for_update(of=("self",))
    fact = facts.filter(pk=fact_id, until__isnull=True).order_by("pk").first()
    if fact is None:
        raise Missing("identity.no_membership")

    check_may_decide(by, fact.community_id)

    fact.until = now
    fact.save(update_fields=["until"])
    end_sessions_of(fact.person, now=now)

    record_staff_act(by, "identity.end_membership", community_id=fact.community_id, subject=fact, now=now)


def let_in(
    person: Person,
    proof: Proof,
    scan_id: uuid.UUID | None,
    *,
    community_id: int,
    charter: MembershipCharter,
    by: Person,
    now: datetime,
    confirmed_by: Person | None = None,
) -> MembershipFact:
    """Part of an action that holds the person's lock. What ran out is ended where it ran out."""
    close_expired(person, now=now)
    fact = MembershipFact.objects.create(
        person=person,
        community_id=community_id,
        settlement_code=proof.settlement_code,
        since=min(now, datetime.combine(proof.holds_from, time(), KYIV)) if proof.holds_from else now,
        basis=proof.kind,
        evidence=proof.evidence,
        decided_at=now,
        decided_by=by,
        confirmed_by=confirmed_by,
        holds_until=_end_of(proof.holds_until) if proof.holds_until else None,
        issuer=proof.issuer,
        scan_id=scan_id,
        scan_until=_end_of(months_after(kyiv_day(now), charter.scan_months)) if scan_id else None,
    )
    if proof.reference:
        fact.reference = seal(proof.reference.encode(), place=place_of_reference(fact), ring=vault_keys())
        fact.save(update_fields=["reference"])
    return fact


def check_may_join(person: Person, proof: Proof, *, community_id: int, now: datetime) -> None:
    communities = Community.objects.filter(pk=community_id).values("katottg")
    if not Unit.objects.filter(code=proof.settlement_code, community_code__in=communities).exists():
        raise Invalid("identity.no_settlement")
    current = MembershipFact.objects.filter(person=person, community_id=community_id, until__isnull=True)
    if current.exclude(holds_until__lte=now).exists():
        raise Conflict("identity.already_member")


def close_expired(person: Person, *, now: datetime) -> None:
    for fact in MembershipFact.objects.filter(person=person, until__isnull=True, holds_until__lte=now).order_by("pk"):
        fact.until = max(fact.holds_until or now, fact.since)
        fact.save(update_fields=["until"])


def terms_for(proof: Proof, scan_id: uuid.UUID | None) -> Mapping[str, Any]:
    known = json.loads(json.dumps(asdict(proof), default=str))
    return {"proof": known, "scan": str(scan_id) if scan_id else ""}


def proof_in(terms: Mapping[str, Any]) -> tuple[Proof, uuid.UUID | None]:
    said = dict(terms["proof"])
    for day in ("holds_from", "holds_until"):
        said[day] = date.fromisoformat(said[day]) if said[day] else None
    said["kind"] = Kind(said["kind"])
    return Proof(**said), uuid.UUID(terms["scan"]) if terms["scan"] else None


def place_of_reference(fact: MembershipFact) -> str:
    return f"identity_membershipfact.reference.{fact.pk}"


def _proposed(
    person: Person, proof: Proof, scan_id: uuid.UUID | None, *, community_id: int, by: Person, now: datetime
) -> Proposal:
    terms = terms_for(proof, scan_id)
    asked: dict[str, Any] = {"community_id": community_id, "reason": proof.evidence, "by": by, "now": now}
    proposal = put_forward(Matter.MEMBERSHIP, person, terms=terms, **asked)
    record_staff_act(by, "identity.propose_membership", community_id=community_id, subject=proposal, now=now)
    return proposal


def _kept_scan(scan: "UploadedFile[bytes] | None", *, community_id: int, by: Person, now: datetime) -> uuid.UUID | None:
    if scan is None:
        return None
    community = Community.objects.get(pk=community_id)
    stored = store_sealed(scan, community=community, owner=by, purpose=SCAN, now=now)
    keep_files([stored.pk], community_id=community_id, owner_id=by.pk)
    return stored.pk


def _end_of(day: date) -> datetime:
    """The first moment that is no longer that Kyiv day."""
    return datetime.combine(day + timedelta(days=1), time(), KYIV)
