"""Signing: the mass act. One batch is one commit; each person counts once per petition (Art. 23-1; design §3.3)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from edem.foundation.intake.acts import TAKEN, Outcome
from edem.foundation.notices.subscribing import ItemFollower, add_item_followers
from edem.kernel.errors import Conflict, Missing, Refused
from edem.services.petitions.actions.counted import CountedIn, WishedRows
from edem.services.petitions.actions.counting import Moved, announce_moved, count_in
from edem.services.petitions.actions.signing_grounds import Ground, Grounds, grounds_of, lock_in_order
from edem.services.petitions.actions.wishes import NewSignature
from edem.services.petitions.models import Petition
from edem.services.petitions.queries.charters import CODE
from edem.services.petitions.rules.collecting import (
    brings_the_last,
    check_may_sign,
    check_signer,
    milestones_passed,
)

Key = tuple[int, bytes]
"""The petition, and the mark by which it tells people apart."""


@dataclass(frozen=True, kw_only=True)
class Sorted:
    """A batch that was judged: who may be added, in the order they came, and the refusals of the others."""

    admitted: Sequence[NewSignature]
    refused: dict[NewSignature, Outcome]
    wished: WishedRows


@transaction.atomic(durable=True)
def add_signatures(batch: Sequence[NewSignature]) -> Mapping[NewSignature, Outcome]:
    """Add every signature that may be added, in one commit; say to each caller what became of theirs.

    The batch is judged before its petitions are locked, for nobody else can sign them meanwhile, and once more under
    the lock if something but their counts has changed in between.
    """
    petition_ids = {new.petition_id for new in batch}
    read = grounds_of(petition_ids)
    found = sort_out(batch, read)
    grounds = lock_in_order(petition_ids)
    if grounds.by_petition != read.by_petition:
        found = sort_out(batch, grounds)
    if not found.admitted:
        return found.refused

    moment = max(new.arrived_at for new in found.admitted)
    counted = count_in(found.wished, now=moment)
    follow_signed(new for place, new in enumerate(found.admitted) if place not in counted.left_out)

    announce_moved(moved_by(counted, grounds), now=moment)
    return found.refused | outcomes(found.admitted, counted)


def sort_out(batch: Sequence[NewSignature], grounds: Grounds) -> Sorted:
    """Judge each; of one person's wishes the first is admitted."""
    by_petition = grounds.by_petition
    admitted: dict[Key, NewSignature] = {}
    refused: dict[NewSignature, Outcome] = {}
    for new in batch:
        try:
            mark = admit(new, by_petition.get(new.petition_id))
            if admitted.setdefault((new.petition_id, mark), new) is not new:
                raise Conflict("petition.already_signed")
        except Refused as refusal:
            refused[new] = Outcome.refused(refusal)
    rows = [row_of(new, mark, by_petition[new.petition_id]) for (_, mark), new in admitted.items()]
    return Sorted(admitted=list(admitted.values()), refused=refused, wished=WishedRows(rows))


def admit(new: NewSignature, ground: Ground | None) -> bytes:
    """The mark under which this signature may be added; otherwise its refusal is raised."""
    if ground is None or ground.community_id != new.community_id:
        raise Missing("petition.missing")
    check_may_sign(ground, new.arrived_at)
    check_signer(new.signer, ground.charter)
    return new.mark_for(ground.key_version)


def row_of(new: NewSignature, mark: bytes, ground: Ground) -> tuple[object, ...]:
    """As COLUMNS of counting have it; online signatures come on no sheet."""
    return (
        new.community_id,
        new.petition_id,
        mark,
        ground.key_version,
        new.person_id,
        new.public_name,
        new.signer.assurance,
        new.channel,
        new.settlement_code,
        new.arrived_at,
        None,
    )


def follow_signed(signed: Iterable[NewSignature]) -> None:
    followers = [
        ItemFollower(
            person_id=new.person_id, community_id=new.community_id, item=str(new.petition_id), since=new.arrived_at
        )
        for new in signed
        if new.follows
    ]
    add_item_followers(followers, service=CODE, source="signature")


def moved_by(counted: CountedIn, grounds: Grounds) -> list[Moved]:
    """The petitions whose new count is worth telling; it is judged by what the statement returned, under the lock."""
    steps = {}
    for petition_id, count in counted.counts.items():
        ground, before = grounds.by_petition[petition_id], grounds.counts[petition_id]
        after = count + ground.imported_count
        if is_told(before, after, required=ground.required):
            steps[petition_id] = (before, after)
    petitions = Petition.objects.filter(pk__in=steps).order_by("pk") if steps else ()
    return [Moved(petition=each, before=steps[each.pk][0], after=steps[each.pk][1]) for each in petitions]


def is_told(before: int, after: int, *, required: int) -> bool:
    return brings_the_last(before=before, after=after, required=required) or bool(
        milestones_passed(before=before, after=after, required=required)
    )


def outcomes(admitted: Sequence[NewSignature], counted: CountedIn) -> dict[NewSignature, Outcome]:
    answers = dict.fromkeys(admitted, TAKEN)
    for place, withdrew in counted.left_out.items():
        code = "petition.withdrew_before" if withdrew else "petition.already_signed"
        answers[admitted[place]] = Outcome.refused(Conflict(code))
    return answers
