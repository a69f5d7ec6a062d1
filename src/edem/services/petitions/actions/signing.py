"""Signing: the mass act. One batch is one commit; each person counts once per petition (Art. 23-1; design §3.3)."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection, transaction

from edem.foundation.events.announcing import announce
from edem.foundation.intake.acts import TAKEN, Outcome
from edem.foundation.intake.rows import Column
from edem.foundation.intake.rows import insert_new as insert_rows
from edem.kernel.errors import Conflict, Missing, Refused
from edem.services.petitions.actions.stepping import move
from edem.services.petitions.actions.wishes import NewSignature
from edem.services.petitions.charter import PetitionCharter
from edem.services.petitions.events import MilestonePassed, PetitionReached
from edem.services.petitions.models import Follower, Petition
from edem.services.petitions.queries.charters import charter_of
from edem.services.petitions.queries.pages import progress_of
from edem.services.petitions.rules.collecting import (
    Progress,
    brings_the_last,
    check_may_sign,
    check_signer,
    milestones_passed,
)
from edem.services.petitions.rules.lifecycle import State, Step

Key = tuple[int, bytes]


@dataclass(frozen=True, kw_only=True)
class Admitted:
    """A signature that may be added, with the mark by which its petition tells people apart."""

    new: NewSignature
    mark: bytes
    key_version: int

    @property
    def key(self) -> Key:
        return (self.new.petition_id, self.mark)


@transaction.atomic(durable=True)
def add_signatures(batch: Sequence[NewSignature]) -> Mapping[NewSignature, Outcome]:
    """Add every signature that may be added, in one commit; say to each caller what became of theirs."""
    petitions = lock_in_order({new.petition_id for new in batch})

    admitted, refused = sort_out(batch, petitions)

    added = insert_new(admitted)
    moved = count_more(petitions, Counter(petition_id for petition_id, _ in added), now=latest(batch))
    follow_signed(new for new in admitted if new.follows and admitted[new].key in added)

    announce_moved(moved, now=latest(batch))
    return outcomes(batch, added, admitted, refused)


def lock_in_order(petition_ids: Collection[int]) -> Mapping[int, Petition]:
    """Each batch locks its petitions once and in order of id, so two batches never wait for each other in a ring."""
    locked = Petition.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=petition_ids)
    locked = locked.defer("essence", "demand", "answer")  # long, and no signature asks for them
    return {petition.pk: petition for petition in locked.order_by("pk")}


def sort_out(
    batch: Sequence[NewSignature], petitions: Mapping[int, Petition]
) -> tuple[dict[NewSignature, Admitted], dict[NewSignature, Refused]]:
    grounds = {
        number: (petition, progress_of(petition), charter_of(petition)) for number, petition in petitions.items()
    }
    admitted: dict[NewSignature, Admitted] = {}
    refused: dict[NewSignature, Refused] = {}
    for new in batch:
        try:
            admitted[new] = admit(new, grounds.get(new.petition_id))
        except Refused as refusal:
            refused[new] = refusal
    return admitted, refused


def admit(new: NewSignature, ground: tuple[Petition, Progress, PetitionCharter] | None) -> Admitted:
    if ground is None or ground[0].community_id != new.community_id:
        raise Missing("petition.missing")
    petition, progress, charter = ground
    check_may_sign(progress, new.arrived_at)
    check_signer(new.signer, charter)
    return Admitted(mark=new.mark_for(petition.key_version), key_version=petition.key_version, new=new)


_COLUMNS: Final = (
    Column("community_id", "bigint"),
    Column("petition_id", "bigint"),
    Column("mark", "bytea"),
    Column("key_version", "smallint"),
    Column("person_id", "uuid"),
    Column("public_name", "text"),
    Column("assurance", "text"),
    Column("channel", "text"),
    Column("settlement_code", "text"),
    Column("signed_at", "timestamptz"),
)


def insert_new(admitted: Mapping[NewSignature, Admitted]) -> set[Key]:
    """One statement for all; the primary key lets nobody sign twice, whoever else is writing."""
    rows = [
        (
            new.community_id,
            new.petition_id,
            each.mark,
            each.key_version,
            new.person_id,
            new.public_name,
            new.signer.assurance,
            new.channel,
            new.settlement_code,
            new.arrived_at,
        )
        for new, each in admitted.items()
    ]
    return {
        (petition_id, mark)
        for petition_id, mark in insert_rows("petitions_signature", _COLUMNS, rows, key=("petition_id", "mark"))
    }


_COUNT = """
UPDATE petitions_petition AS petition
   SET signature_count = petition.signature_count + more.added, counted_at = %s
  FROM unnest(%s::bigint[], %s::int[]) AS more(id, added)
 WHERE petition.id = more.id
RETURNING petition.id, petition.signature_count
"""


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A petition's count before and after one batch."""

    petition: Petition
    before: int
    after: int


def count_more(petitions: Mapping[int, Petition], more: Counter[int], *, now: datetime) -> list[Moved]:
    """One UPDATE for all the counters; the threshold is judged by what it returns, under the lock."""
    if not more:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [now, list(more), list(more.values())])
        counts = dict(cursor.fetchall())
    moved = []
    for petition_id, count in sorted(counts.items()):
        petition = petitions[petition_id]
        petition.signature_count = count
        after = count + petition.imported_count
        moved.append(Moved(petition=petition, before=after - more[petition_id], after=after))
    return moved


def follow_signed(signed: Iterable[NewSignature]) -> None:
    followers = [Follower(petition_id=new.petition_id, person_id=new.person_id, since=new.arrived_at) for new in signed]
    if followers:
        Follower.objects.bulk_create(followers, ignore_conflicts=True)


def announce_moved(moved: Iterable[Moved], *, now: datetime) -> None:
    """Say what the batch changed: a quarter of the way, or the threshold itself, once; one job for all of it."""
    happened: list[object] = []
    for each in moved:
        petition, required = each.petition, each.petition.required
        passed = milestones_passed(before=each.before, after=each.after, required=required)
        happened += [MilestonePassed(petition_id=petition.pk, percent=percent) for percent in passed]
        reached = brings_the_last(before=each.before, after=each.after, required=required)
        if reached and State(petition.state) is State.COLLECTING:
            petition.reached_at = now
            move(petition, Step.REACH, now=now)
            petition.save(update_fields=["state", "due_at", "reached_at"])
            happened.append(PetitionReached(petition_id=petition.pk))
    announce(*happened)


def latest(batch: Sequence[NewSignature]) -> datetime:
    return max(new.arrived_at for new in batch)


def outcomes(
    batch: Sequence[NewSignature],
    added: set[Key],
    admitted: Mapping[NewSignature, Admitted],
    refused: Mapping[NewSignature, Refused],
) -> Mapping[NewSignature, Outcome]:
    """Whoever was neither refused nor added had signed already, perhaps a moment ago in this very batch."""
    left = set(added)
    answers: dict[NewSignature, Outcome] = {}
    for new in batch:
        if new in refused:
            answers[new] = Outcome.refused(refused[new])
        elif admitted[new].key in left:
            left.discard(admitted[new].key)
            answers[new] = TAKEN
        else:
            answers[new] = Outcome.refused(Conflict("petition.already_signed"))
    return answers
