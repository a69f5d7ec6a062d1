"""Two accounts turned out to be one person's: one signature of theirs is counted on each petition, and no more."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from edem.foundation.events.announcing import announce
from edem.foundation.identity.providers.kept_evidence import seal_evidence, unseal_evidence
from edem.services.petitions.actions.excluding import note_shortfall
from edem.services.petitions.actions.stepping import lock, show_anew
from edem.services.petitions.actions.taking_off import put_back_set, take_off_set
from edem.services.petitions.events import SignaturesExcluded, SignaturesReturned
from edem.services.petitions.models import (
    Exclusion,
    ExclusionStep,
    KepEvidence,
    MergeTrace,
    Petition,
    Signature,
    SignatureRemoval,
)
from edem.services.petitions.models.kep import place_of
from edem.services.petitions.queries.exclusions import measured
from edem.services.petitions.queries.merging import (
    Pair,
    authored_by,
    counted_one,
    given_one,
    marks_on,
    running_or_signed,
    traced,
)
from edem.services.petitions.queries.signatures import counted_on, restored_by
from edem.services.petitions.rules.conditions import Conditions
from edem.services.petitions.rules.exclusions import PROPOSE, Ground, Move, Standing
from edem.services.petitions.rules.lifecycle import CHARTER, LIFECYCLE, State


@dataclass(frozen=True, kw_only=True)
class Merge:
    """What was announced: which account became part of which, and by whose word."""

    merge_id: int
    kept_id: UUID
    absorbed_id: UUID
    proposed_by: UUID
    confirmed_by: UUID

    @property
    def pair(self) -> Pair:
        return Pair(kept_id=self.kept_id, absorbed_id=self.absorbed_id)


def join_signatures(merge: Merge, *, now: datetime) -> None:
    """On every petition by itself: whoever signs one of them waits a moment, nobody else does."""
    for petition_id in running_or_signed(merge.pair, now=now):
        join_on(petition_id, merge, now=now)
    for petition_id in authored_by(merge.absorbed_id):
        hand_authorship(petition_id, merge, now=now)


def part_signatures(merge: Merge, *, now: datetime) -> None:
    for trace in traced(merge.merge_id):
        part_on(trace.pk, merge, now=now)


@transaction.atomic(durable=True)
def join_on(petition_id: int, merge: Merge, *, now: datetime) -> None:
    """Told twice, it is done once."""
    petition = lock(petition_id)
    if MergeTrace.objects.filter(merge_id=merge.merge_id, petition=petition).exclude(kind="authored").exists():
        return
    marks = marks_on(petition, merge.pair, now=now)
    second = given_one(petition, merge.absorbed_id, marks.absorbed)
    if second is None:
        return
    first = given_one(petition, merge.kept_id, marks.kept)
    is_over = LIFECYCLE.states[State(petition.state)].final
    if first is not None and is_over:
        return  # what was counted when it was decided stays counted
    if first is None:
        new_mark = None if is_over else marks.kept
        give_over(petition, second, new_mark=new_mark, to=merge.kept_id)
        trace(petition, merge, MergeTrace.Kind.MOVED, now=now)
        return
    trace(petition, merge, MergeTrace.Kind.DOUBLED, exclusion=count_once(petition, first, second, merge, now), now=now)


@transaction.atomic(durable=True)
def hand_authorship(petition_id: int, merge: Merge, *, now: datetime) -> None:
    petition = lock(petition_id)
    if petition.author_id != merge.absorbed_id:
        return
    petition.author_id = merge.kept_id
    petition.save(update_fields=["author"])
    trace(petition, merge, MergeTrace.Kind.AUTHORED, now=now)


@transaction.atomic(durable=True)
def part_on(trace_id: int, merge: Merge, *, now: datetime) -> None:
    """Give back what the merge gave over on one petition; its trace goes with it, the public one stays."""
    found = MergeTrace.objects.filter(pk=trace_id).order_by("pk").first()
    if found is None:
        return
    petition = lock(found.petition_id)
    if not MergeTrace.objects.filter(pk=trace_id).exists():
        return  # another worker was here while we waited for the lock
    if found.kind == MergeTrace.Kind.AUTHORED and petition.author_id == merge.kept_id:
        petition.author_id = merge.absorbed_id
        petition.save(update_fields=["author"])
    elif found.kind == MergeTrace.Kind.MOVED:
        take_apart(petition, merge, now=now)
    elif found.exclusion_id is not None:
        count_again(petition, found.exclusion_id, merge, now=now)
    found.delete()


def count_once(
    petition: Petition, first: Signature, second: Signature, merge: Merge, now: datetime
) -> Exclusion | None:
    """The later of two that count is taken off; everybody sees that it was, and why."""
    if not (counted_one(petition, first) and counted_one(petition, second)):
        return None
    later = max(first, second, key=lambda each: each.ordinal)
    chosen = counted_on(petition).filter(mark=later.mark)
    size = measured(chosen)
    exclusion = Exclusion.objects.create(
        community_id=petition.community_id,
        petition=petition,
        standing=Standing.HOLDS,
        ground=Ground.SAME_PERSON,
        reason=_("Два облікові записи належать одній людині: це встановили двоє працівників за документами."),
        conditions=Conditions().model_dump(mode="json"),
        last_ordinal=later.ordinal,
        digest=size.digest,
        count=1,
        first_at=later.signed_at,
        last_at=later.signed_at,
        proposed_by_id=merge.proposed_by,
        proposed_at=now,
        held_at=now,
    )
    take_off_set(petition, chosen, exclusion_id=exclusion.pk, now=now)
    write_down(exclusion, PROPOSE, "", Standing.PROPOSED, by=merge.proposed_by, now=now)
    write_down(exclusion, Move.CONFIRM, Standing.PROPOSED, Standing.HOLDS, by=merge.confirmed_by, now=now)
    note_shortfall(petition, now=now)
    announce(SignaturesExcluded(petition_id=petition.pk, exclusion_id=exclusion.pk))
    show_anew(petition)
    return exclusion


def count_again(petition: Petition, exclusion_id: int, merge: Merge, *, now: datetime) -> None:
    """They are two people after all: both signatures count."""
    exclusion = Exclusion.objects.select_for_update(no_key=True).get(pk=exclusion_id)
    if Standing(exclusion.standing) is Standing.UNDONE:
        return
    exclusion.standing, exclusion.undone_at = Standing.UNDONE, now
    exclusion.save(update_fields=["standing", "undone_at"])
    note = _("Облікові записи роз’єднано: це двоє різних людей.")
    write_down(
        exclusion,
        Move.PROPOSE_RETURN,
        Standing.HOLDS,
        Standing.RETURN_PROPOSED,
        by=merge.proposed_by,
        note=note,
        now=now,
    )
    write_down(exclusion, Move.RETURN, Standing.RETURN_PROPOSED, Standing.UNDONE, by=merge.confirmed_by, now=now)
    moved = put_back_set(petition, restored_by(petition, exclusion.pk), now=now)
    Exclusion.objects.filter(pk=exclusion.pk).update(returned_count=moved.after - moved.before)
    note_shortfall(petition, now=now)
    announce(SignaturesReturned(petition_id=petition.pk, exclusion_id=exclusion.pk))
    show_anew(petition)


def take_apart(petition: Petition, merge: Merge, *, now: datetime) -> None:
    marks = marks_on(petition, merge.pair, now=now)
    signature = given_one(petition, merge.kept_id, marks.kept)
    if signature is None:
        return
    is_marked_anew = signature.mark == marks.kept and marks.absorbed is not None
    give_over(petition, signature, new_mark=marks.absorbed if is_marked_anew else None, to=merge.absorbed_id)


def give_over(petition: Petition, signature: Signature, *, new_mark: bytes | None, to: UUID) -> None:
    """The same signature in the same place; under the other account's mark, so that it can sign no second time."""
    old_mark = bytes(signature.mark)
    where = {"community_id": petition.community_id, "petition_id": petition.pk, "mark": old_mark}
    evidence = KepEvidence.objects.filter(**where)
    if new_mark is None or new_mark == old_mark:
        Signature.objects.filter(**where).update(person_id=to)
        evidence.update(person_id=to)
        return
    for kept in evidence.order_by("at", "mark"):
        content = unseal_evidence(kept.sealed, place=place_of(petition.pk, old_mark))
        sealed = seal_evidence(content, place=place_of(petition.pk, new_mark))
        evidence.update(mark=new_mark, person_id=to, sealed=sealed)
    Signature.objects.filter(**where).update(mark=new_mark, person_id=to)
    SignatureRemoval.objects.filter(**where).update(mark=new_mark)


def trace(
    petition: Petition, merge: Merge, kind: MergeTrace.Kind, *, now: datetime, exclusion: Exclusion | None = None
) -> None:
    MergeTrace.objects.create(merge_id=merge.merge_id, petition=petition, kind=kind, exclusion=exclusion, at=now)


def write_down(
    exclusion: Exclusion, step: str, source: str, target: str, *, by: UUID, now: datetime, note: str = ""
) -> None:
    ExclusionStep.objects.create(
        exclusion=exclusion, at=now, by_id=by, actor="officer", step=step, from_state=source, to_state=target,
        note=note, clause=CHARTER, public=True,
    )  # fmt: skip
