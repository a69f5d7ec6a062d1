"""A registered address decides membership anew: whoever said it, a sign-in or the register."""

from collections.abc import Sequence
from datetime import datetime

from edem.foundation.identity.evidence import ADDRESS_EVIDENCE
from edem.foundation.identity.matching import match_of
from edem.foundation.identity.membership.deciding import close_expired
from edem.foundation.identity.membership.kinds import Kind
from edem.foundation.identity.membership.settling import membership_charter
from edem.foundation.identity.models import MembershipFact
from edem.foundation.people.models import Person


def decide_by_address(
    person: Person, *, locality: str, state: str, address: str, now: datetime, evidence: str = ADDRESS_EVIDENCE
) -> bool:
    """Part of an action that holds the person's lock; one that cannot be matched with certainty changes nothing."""
    match = match_of(locality=locality, state=state, address=address)
    if match is None:
        return False
    close_expired(person, now=now)
    current = list(MembershipFact.objects.filter(person=person, until__isnull=True).order_by("pk"))
    _end([fact for fact in current if fact.basis == Kind.ADDRESS and fact.community_id != match.community_id], now=now)
    if match.community_id is None or Kind.ADDRESS not in membership_charter(match.community_id, now=now).kinds:
        return True
    here = [fact for fact in current if fact.community_id == match.community_id]
    same = here[0] if here else None
    if same is not None and same.settlement_code == match.settlement_code and same.holds_until is None:
        return True
    _end(here, now=now)
    MembershipFact.objects.create(
        person=person,
        community_id=match.community_id,
        settlement_code=match.settlement_code,
        since=same.since if same else now,  # moving house within the community does not interrupt membership
        basis=Kind.ADDRESS,
        evidence=evidence,
        decided_at=now,
    )
    return True


def _end(facts: Sequence[MembershipFact], *, now: datetime) -> None:
    if facts:
        MembershipFact.objects.filter(pk__in=[fact.pk for fact in facts]).update(until=now)
