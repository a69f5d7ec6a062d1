"""A registered address decides membership anew: whoever said it, a sign-in or the register."""

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
    current = MembershipFact.objects.filter(person=person, until__isnull=True)
    elsewhere = current.filter(basis=Kind.ADDRESS)
    if match.community_id is None:
        elsewhere.update(until=now)
        return True
    elsewhere.exclude(community_id=match.community_id).update(until=now)
    if Kind.ADDRESS not in membership_charter(match.community_id, now=now).kinds:
        return True
    here = current.filter(community_id=match.community_id)
    same = here.order_by("pk").first()
    if same is not None and same.settlement_code == match.settlement_code and same.holds_until is None:
        return True
    since = same.since if same else now  # moving house within the community does not interrupt membership
    here.update(until=now)
    MembershipFact.objects.create(
        person=person,
        community_id=match.community_id,
        settlement_code=match.settlement_code,
        since=since,
        basis=Kind.ADDRESS,
        evidence=evidence,
        decided_at=now,
    )
    return True
