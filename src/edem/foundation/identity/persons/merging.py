"""Two documents, one person: an account becomes part of another one, by two officers and with a way back."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.events.announcing import announce
from edem.foundation.identity.ending import end_sessions_of
from edem.foundation.identity.events import PeopleMerged
from edem.foundation.identity.evidence import check_evidence
from edem.foundation.identity.membership.deciding import close_expired
from edem.foundation.identity.membership.settling import membership_charter
from edem.foundation.identity.models import MembershipFact, PersonMerge, Proposal, SignInMark, SignInSlip
from edem.foundation.identity.persons.belongings import move_belongings
from edem.foundation.identity.proposals.desk import check_is_ours, check_may_decide, locked_in_order
from edem.foundation.identity.proposals.proposing import put_forward
from edem.foundation.identity.purposes import About, ReadPurpose
from edem.foundation.identity.reading import write_down
from edem.foundation.identity.two_officers import Matter
from edem.foundation.people.models import Person
from edem.kernel.errors import Conflict, Invalid


@transaction.atomic(durable=True)
def propose_merge(
    kept_id: uuid.UUID, absorbed_id: uuid.UUID, *, community_id: int, evidence: str, by: Person, now: datetime
) -> Proposal:
    """The clerk has both documents before them; the first account stays, the second becomes part of it."""
    check_two(kept_id, absorbed_id)
    people = {each.pk: each for each in locked_in_order([kept_id, absorbed_id])}

    check_may_decide(by, community_id)
    check_is_ours(people.values(), community_id, now=now)
    check_evidence(evidence)
    check_mergeable(people[kept_id], people[absorbed_id])

    asked: dict[str, Any] = {"community_id": community_id, "reason": evidence, "by": by, "now": now}
    proposal = put_forward(Matter.MERGE, people[kept_id], other=people[absorbed_id], **asked)
    about = About(community_id=community_id)
    write_down(list(people), (), purpose=ReadPurpose.MERGE, by=by, now=now, about=about)
    record_staff_act(by, "identity.propose_merge", community_id=community_id, subject=proposal, now=now)
    return proposal


def merge_accounts(proposal: Proposal, *, by: Person, now: datetime) -> None:
    """What a confirmed proposal does. Marks in running subjects stay as they are till their services have heard."""
    assert proposal.other_id is not None  # the shape of the matter
    people = {each.pk: each for each in locked_in_order([proposal.person_id, proposal.other_id])}
    kept, absorbed = people[proposal.person_id], people[proposal.other_id]

    check_mergeable(kept, absorbed)

    days = membership_charter(proposal.community_id, now=now).undo_merge_days
    merge = PersonMerge.objects.create(
        community_id=proposal.community_id,
        kept=kept,
        absorbed=absorbed,
        proposed_by=proposal.proposed_by,
        confirmed_by=by,
        merged_at=now,
        undo_until=now + timedelta(days=days),
        moved={
            "marks": _move_marks(kept, absorbed),
            "memberships": _move_memberships(kept, absorbed, now=now),
            **move_belongings(kept, absorbed),
        },
    )
    end_sessions_of(absorbed, now=now)
    end_sessions_of(kept, now=now)  # its act pass is sealed without what has just come to it
    SignInSlip.objects.filter(person=absorbed, used_at__isnull=True, ended_at__isnull=True).update(ended_at=now)
    absorbed.is_active = False
    absorbed.save(update_fields=["is_active"])

    officers = {"proposed_by": proposal.proposed_by_id, "confirmed_by": by.pk}
    announce(PeopleMerged(merge_id=merge.pk, kept_id=kept.pk, absorbed_id=absorbed.pk, **officers))
    record_staff_act(by, "identity.merge", community_id=proposal.community_id, subject=merge, now=now)


def check_two(kept_id: uuid.UUID, absorbed_id: uuid.UUID) -> None:
    if kept_id == absorbed_id:
        raise Invalid("identity.merge_with_oneself")


def check_mergeable(kept: Person, absorbed: Person) -> None:
    """Neither is closed, and neither is the kept side of a merge that may still be undone under the other."""
    if not (kept.is_active and absorbed.is_active):
        raise Conflict("identity.merged_already")
    if PersonMerge.objects.filter(kept=absorbed, undone_at__isnull=True, settled_at__isnull=True).exists():
        raise Conflict("identity.merge_the_other_way")


def _move_marks(kept: Person, absorbed: Person) -> list[int]:
    """Whichever document they come with from now on, they come to the kept account."""
    marks = SignInMark.objects.filter(person=absorbed).order_by("pk")
    numbers = list(marks.values_list("pk", flat=True))
    marks.update(person=kept)
    return numbers


def _move_memberships(kept: Person, absorbed: Person, *, now: datetime) -> list[int]:
    """What only the absorbed account had goes over; in a community of both the older membership stays."""
    for person in (kept, absorbed):
        close_expired(person, now=now)
    own = {fact.community_id: fact for fact in _current(kept)}
    moved = []
    for fact in _current(absorbed):
        mine = own.get(fact.community_id)
        if mine is not None and mine.since <= fact.since:
            continue
        if mine is not None:
            mine.until = now
            mine.save(update_fields=["until"])
        fact.person = kept
        fact.save(update_fields=["person"])
        moved.append(fact.pk)
    return moved


def _current(person: Person) -> list[MembershipFact]:
    return list(MembershipFact.objects.filter(person=person, until__isnull=True).order_by("pk"))
