"""A mistaken merge is undone: by two officers, within the term, as far as it can be."""

from datetime import datetime
from typing import Any

from django.db import transaction

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.events.announcing import announce
from edem.foundation.identity import vault
from edem.foundation.identity.ending import end_sessions_of
from edem.foundation.identity.events import PeopleParted
from edem.foundation.identity.evidence import check_evidence
from edem.foundation.identity.models import MembershipFact, PersonMerge, Proposal, SignInMark
from edem.foundation.identity.persons.belongings import forget_belongings, give_belongings_back
from edem.foundation.identity.proposals.desk import check_may_decide, locked_in_order
from edem.foundation.identity.proposals.proposing import put_forward
from edem.foundation.identity.two_officers import Matter
from edem.foundation.people.models import Person
from edem.kernel.errors import Conflict, Missing


@transaction.atomic(durable=True)
def propose_parting(merge_id: int, *, evidence: str, by: Person, now: datetime) -> Proposal:
    """Some officer of the same community has found that they are two people after all."""
    merge = _locked_merge(merge_id)

    check_may_decide(by, merge.community_id)
    check_evidence(evidence)
    check_may_part(merge, now=now)

    asked: dict[str, Any] = {"community_id": merge.community_id, "reason": evidence, "by": by, "now": now}
    proposal = put_forward(Matter.UNMERGE, merge.kept, other=merge.absorbed, **asked)
    record_staff_act(by, "identity.propose_parting", community_id=merge.community_id, subject=proposal, now=now)
    return proposal


def part_accounts(proposal: Proposal, *, by: Person, now: datetime) -> None:
    """What a confirmed proposal does. What was done since the merge stays with the account that did it."""
    held = PersonMerge.objects.filter(kept_id=proposal.person_id, absorbed_id=proposal.other_id, undone_at__isnull=True)
    merge = _locked_merge(held.order_by("pk").values_list("pk", flat=True).first() or 0)
    people = {each.pk: each for each in locked_in_order([merge.kept_id, merge.absorbed_id])}
    kept, absorbed = people[merge.kept_id], people[merge.absorbed_id]

    check_may_part(merge, now=now)

    SignInMark.objects.filter(pk__in=merge.moved["marks"], person=kept).update(person=absorbed)
    went_over = MembershipFact.objects.filter(pk__in=merge.moved["memberships"], person=kept)
    went_over.update(person=absorbed)
    give_belongings_back(kept, absorbed, merge.moved)
    end_sessions_of(kept, now=now)
    absorbed.is_active = True
    absorbed.save(update_fields=["is_active"])
    merge.undone_at = now
    merge.save(update_fields=["undone_at"])

    officers = {"proposed_by": proposal.proposed_by_id, "confirmed_by": by.pk}
    announce(PeopleParted(merge_id=merge.pk, kept_id=kept.pk, absorbed_id=absorbed.pk, **officers))
    record_staff_act(by, "identity.part", community_id=merge.community_id, subject=merge, now=now)


def settle_merges(*, now: datetime) -> None:
    """The term to undo is over: what the vault holds of the absorbed account is deleted."""
    due = PersonMerge.objects.filter(undone_at__isnull=True, settled_at__isnull=True, undo_until__lte=now)
    for merge_id in list(due.order_by("pk").values_list("pk", flat=True)):
        _settle(merge_id, now=now)


@transaction.atomic(durable=True)
def _settle(merge_id: int, *, now: datetime) -> None:
    merge = _locked_merge(merge_id)
    if merge.undone_at is not None or merge.settled_at is not None:
        return
    vault.erase(merge.absorbed)
    forget_belongings(merge.absorbed)
    merge.settled_at = now
    merge.save(update_fields=["settled_at"])


def check_merged_here(merge_id: int, *, community_id: int) -> None:
    """What another community merged is none of this one's."""
    if not PersonMerge.objects.filter(pk=merge_id, community_id=community_id).exists():
        raise Missing("identity.no_merge")


def check_may_part(merge: PersonMerge, *, now: datetime) -> None:
    if merge.undone_at is not None:
        raise Conflict("identity.parted_already")
    if merge.settled_at is not None or merge.undo_until <= now:
        raise Conflict("identity.parting_too_late", until=merge.undo_until)


def _locked_merge(merge_id: int) -> PersonMerge:
    found = PersonMerge.objects.select_for_update(of=("self",)).select_related("kept", "absorbed")
    merge = found.filter(pk=merge_id).order_by("pk").first()
    if merge is None:
        raise Missing("identity.no_merge")
    return merge
