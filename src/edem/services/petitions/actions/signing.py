"""Signing: the mass act. One batch is one commit; each person counts once per petition (Art. 23-1; design §3.3)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from edem.foundation.intake.acts import TAKEN, Outcome
from edem.foundation.intake.rows import ask_prepared
from edem.foundation.notices.subscribing import ItemFollower, add_item_followers
from edem.kernel.errors import Conflict, Missing, Refused
from edem.services.petitions.actions.counted import CountedIn
from edem.services.petitions.actions.counting import Moved, announce_moved, count_in
from edem.services.petitions.actions.wishes import NewSignature
from edem.services.petitions.charter import PetitionCharter
from edem.services.petitions.models import Petition
from edem.services.petitions.queries.charters import CODE, read_version
from edem.services.petitions.rules.collecting import (
    Progress,
    brings_the_last,
    check_may_sign,
    check_signer,
    milestones_passed,
)
from edem.services.petitions.rules.lifecycle import State

Key = tuple[int, bytes]
"""The petition, and the mark by which it tells people apart."""


@dataclass(frozen=True, kw_only=True)
class Ground:
    """A locked petition: what its signatures are judged by."""

    community_id: int
    key_version: int
    imported_count: int
    progress: Progress
    charter: PetitionCharter


@transaction.atomic(durable=True)
def add_signatures(batch: Sequence[NewSignature]) -> Mapping[NewSignature, Outcome]:
    """Add every signature that may be added, in one commit; say to each caller what became of theirs."""
    grounds = lock_in_order({new.petition_id for new in batch})

    admitted, refused = sort_out(batch, grounds)
    if not admitted:
        return refused

    moment = max(new.arrived_at for new in admitted.values())
    counted = count_in([row_of(new, mark, grounds) for (_, mark), new in admitted.items()], now=moment)
    follow_signed(new for place, new in enumerate(admitted.values()) if place not in counted.left_out)

    announce_moved(moved_by(counted, grounds), now=moment)
    return refused | outcomes(list(admitted.values()), counted)


# Written by hand and kept prepared: the ORM takes longer to put this question than the database to answer it.
_LOCK: Final = """
SELECT id, community_id, key_version, imported_count, charter_id, state, signature_count + imported_count, required,
       closes_at, reached_at
  FROM petitions_petition
 WHERE id = ANY(%s)
 ORDER BY id
   FOR NO KEY UPDATE
"""


def lock_in_order(petition_ids: Collection[int]) -> Mapping[int, Ground]:
    """Each batch locks its petitions once and in order of id, so two batches never wait for each other in a ring."""
    grounds = {}
    for petition_id, community_id, key_version, imported, charter_id, *progress in ask_prepared(
        _LOCK, [list(petition_ids)]
    ):
        state, count, required, closes_at, reached_at = progress
        grounds[petition_id] = Ground(
            community_id=community_id,
            key_version=key_version,
            imported_count=imported,
            progress=Progress(
                state=State(state), signatures=count, required=required, closes_at=closes_at, reached_at=reached_at
            ),
            charter=read_version(charter_id),
        )
    return grounds


def sort_out(
    batch: Sequence[NewSignature], grounds: Mapping[int, Ground]
) -> tuple[Mapping[Key, NewSignature], dict[NewSignature, Outcome]]:
    """Those that may be added, each person once, in the order they came; and the refusals of the others."""
    admitted: dict[Key, NewSignature] = {}
    refused: dict[NewSignature, Outcome] = {}
    for new in batch:
        try:
            mark = admit(new, grounds.get(new.petition_id))
            if admitted.setdefault((new.petition_id, mark), new) is not new:
                raise Conflict("petition.already_signed")
        except Refused as refusal:
            refused[new] = Outcome.refused(refusal)
    return admitted, refused


def admit(new: NewSignature, ground: Ground | None) -> bytes:
    """The mark under which this signature may be added; otherwise its refusal is raised."""
    if ground is None or ground.community_id != new.community_id:
        raise Missing("petition.missing")
    check_may_sign(ground.progress, new.arrived_at)
    check_signer(new.signer, ground.charter)
    return new.mark_for(ground.key_version)


def row_of(new: NewSignature, mark: bytes, grounds: Mapping[int, Ground]) -> tuple[object, ...]:
    """As COLUMNS of counting have it; online signatures come on no sheet."""
    return (
        new.community_id,
        new.petition_id,
        mark,
        grounds[new.petition_id].key_version,
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


def moved_by(counted: CountedIn, grounds: Mapping[int, Ground]) -> list[Moved]:
    """The petitions whose new count is worth telling; it is judged by what the statement returned, under the lock."""
    steps = {
        petition_id: (grounds[petition_id].progress.signatures, count + grounds[petition_id].imported_count)
        for petition_id, count in counted.counts.items()
    }
    told = [number for number, (before, after) in steps.items() if is_told(before, after, grounds[number])]
    petitions = Petition.objects.filter(pk__in=told).order_by("pk") if told else ()
    return [Moved(petition=each, before=steps[each.pk][0], after=steps[each.pk][1]) for each in petitions]


def is_told(before: int, after: int, ground: Ground) -> bool:
    required = ground.progress.required
    return brings_the_last(before=before, after=after, required=required) or bool(
        milestones_passed(before=before, after=after, required=required)
    )


def outcomes(admitted: Sequence[NewSignature], counted: CountedIn) -> dict[NewSignature, Outcome]:
    answers = dict.fromkeys(admitted, TAKEN)
    for place, withdrew in counted.left_out.items():
        code = "petition.withdrew_before" if withdrew else "petition.already_signed"
        answers[admitted[place]] = Outcome.refused(Conflict(code))
    return answers
