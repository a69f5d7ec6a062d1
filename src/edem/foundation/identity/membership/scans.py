"""Scans of proofs: shown only to those who decide, each look written down for its owner, deleted in their time."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.files.actions import remove_files
from edem.foundation.files.models import StoredFile
from edem.foundation.files.rules import KINDS, Kind
from edem.foundation.identity.models import MembershipFact, Proposal
from edem.foundation.identity.proposals.desk import check_may_decide
from edem.foundation.identity.proposals.proposing import terms_of
from edem.foundation.identity.purposes import About, ReadPurpose
from edem.foundation.identity.reading import write_down
from edem.foundation.identity.sealed_files import opened
from edem.foundation.people.models import Person
from edem.kernel.errors import Missing


@dataclass(frozen=True, kw_only=True)
class Scan:
    content: bytes
    content_type: str
    name: str
    is_shown: bool


@transaction.atomic(durable=True)
def scan_for(fact_id: int, *, community_id: int, by: Person, now: datetime) -> Scan:
    facts = MembershipFact.objects.filter(pk=fact_id, community_id=community_id, scan__isnull=False)
    fact = facts.select_related("scan").order_by("pk").first()

    check_may_decide(by, community_id)
    if fact is None or fact.scan is None:
        raise Missing("identity.no_scan")

    _write_down(fact.person_id, community_id=community_id, by=by, now=now)
    record_staff_act(by, "identity.look_at_scan", community_id=community_id, subject=fact, now=now)
    return _opened(fact.scan)


@transaction.atomic(durable=True)
def scan_of_proposal(proposal_id: uuid.UUID, *, community_id: int, by: Person, now: datetime) -> Scan:
    """The second clerk sees what the first one saw."""
    proposal = Proposal.objects.filter(pk=proposal_id, community_id=community_id).order_by("pk").first()

    check_may_decide(by, community_id)
    number = terms_of(proposal).get("scan") if proposal else ""
    stored = StoredFile.objects.filter(pk=number).order_by("pk").first() if number else None
    if proposal is None or stored is None:
        raise Missing("identity.no_scan")

    _write_down(proposal.person_id, community_id=community_id, by=by, now=now)
    record_staff_act(by, "identity.look_at_scan", community_id=community_id, subject=proposal, now=now)
    return _opened(stored)


@transaction.atomic(durable=True)
def delete_old_scans(*, now: datetime) -> None:
    """The charter's term is over; that the document was seen stays known."""
    due = MembershipFact.objects.select_for_update(of=("self",)).filter(scan__isnull=False, scan_until__lte=now)
    scans = [each for each in due.order_by("pk").values_list("scan_id", flat=True) if each]
    MembershipFact.objects.filter(scan_id__in=scans).update(scan=None, scan_until=None)
    remove_files(scans)


def _write_down(person_id: uuid.UUID, *, community_id: int, by: Person, now: datetime) -> None:
    about = About(community_id=community_id)
    write_down([person_id], (), purpose=ReadPurpose.SCAN, by=by, now=now, about=about)


def _opened(stored: StoredFile) -> Scan:
    look = KINDS[Kind(stored.kind)]
    return Scan(
        content=opened(stored), content_type=look.content_type, name=f"scan.{stored.kind}", is_shown=look.is_shown
    )
