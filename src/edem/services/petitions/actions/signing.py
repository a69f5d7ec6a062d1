"""Signing: the mass act. One batch is one commit; each person counts once per petition (Art. 23-1; design §3.3)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from edem.foundation.intake.acts import TAKEN, Outcome
from edem.foundation.notices.subscribing import ItemFollower, add_item_followers
from edem.kernel.errors import Conflict, Missing, Refused
from edem.services.petitions.actions.counting import CountedIn, Moved, announce_moved, count_in
from edem.services.petitions.actions.wishes import NewSignature
from edem.services.petitions.charter import PetitionCharter
from edem.services.petitions.models import Petition
from edem.services.petitions.queries.charters import CODE, charter_of
from edem.services.petitions.queries.pages import progress_of, total_of
from edem.services.petitions.rules.collecting import Progress, check_may_sign, check_signer

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
    if not admitted:
        return refused

    moment = max(each.new.arrived_at for each in admitted)
    counted = count_in([row_of(each) for each in admitted], now=moment)
    follow_signed(each.new for place, each in enumerate(admitted) if place not in counted.left_out)

    announce_moved(moved_by(counted, petitions), now=moment)
    return refused | outcomes(admitted, counted)


def lock_in_order(petition_ids: Collection[int]) -> Mapping[int, Petition]:
    """Each batch locks its petitions once and in order of id, so two batches never wait for each other in a ring."""
    locked = Petition.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=petition_ids)
    locked = locked.defer("essence", "demand", "answer")  # long, and no signature asks for them
    return {petition.pk: petition for petition in locked.order_by("pk")}


def sort_out(
    batch: Sequence[NewSignature], petitions: Mapping[int, Petition]
) -> tuple[list[Admitted], dict[NewSignature, Outcome]]:
    """Those that may be added, each person once, in the order they came; and the refusals of the others."""
    grounds = {
        number: (petition, progress_of(petition), charter_of(petition)) for number, petition in petitions.items()
    }
    admitted: dict[Key, Admitted] = {}
    refused: dict[NewSignature, Outcome] = {}
    for new in batch:
        try:
            each = admit(new, grounds.get(new.petition_id))
            if admitted.setdefault(each.key, each) is not each:
                raise Conflict("petition.already_signed")
        except Refused as refusal:
            refused[new] = Outcome.refused(refusal)
    return list(admitted.values()), refused


def admit(new: NewSignature, ground: tuple[Petition, Progress, PetitionCharter] | None) -> Admitted:
    if ground is None or ground[0].community_id != new.community_id:
        raise Missing("petition.missing")
    petition, progress, charter = ground
    check_may_sign(progress, new.arrived_at)
    check_signer(new.signer, charter)
    return Admitted(mark=new.mark_for(petition.key_version), key_version=petition.key_version, new=new)


def row_of(each: Admitted) -> tuple[object, ...]:
    """As COLUMNS of counting have it."""
    new = each.new
    return (
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
        new.sheet_id,
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


def moved_by(counted: CountedIn, petitions: Mapping[int, Petition]) -> list[Moved]:
    """Each petition's count before and after; the threshold is judged by what the statement returned."""
    moved = []
    for petition_id, count in sorted(counted.counts.items()):
        petition = petitions[petition_id]
        before, petition.signature_count = total_of(petition), count
        moved.append(Moved(petition=petition, before=before, after=total_of(petition)))
    return moved


def outcomes(admitted: Sequence[Admitted], counted: CountedIn) -> dict[NewSignature, Outcome]:
    answers = {each.new: TAKEN for each in admitted}
    for place, withdrew in counted.left_out.items():
        code = "petition.withdrew_before" if withdrew else "petition.already_signed"
        answers[admitted[place].new] = Outcome.refused(Conflict(code))
    return answers
