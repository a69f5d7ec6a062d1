"""Excluding fraudulent signatures: one officer proposes what was previewed, another person decides."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from edem.foundation.events.announcing import announce
from edem.foundation.people.models import Person
from edem.foundation.people.queries import roles_of
from edem.kernel.errors import Conflict, Invalid, Missing, NotAllowed
from edem.services.petitions.actions.moderating import log
from edem.services.petitions.actions.stepping import lock, show_anew
from edem.services.petitions.actions.taking_off import put_back_set, take_off_set
from edem.services.petitions.events import ExclusionProposed, SignaturesExcluded, SignaturesReturned
from edem.services.petitions.models import Exclusion, ExclusionStep, Petition
from edem.services.petitions.queries.exclusions import chosen_by, conditions_of, measured
from edem.services.petitions.queries.pages import progress_of
from edem.services.petitions.queries.signatures import restored_by
from edem.services.petitions.rules.conditions import Conditions, check_conditions
from edem.services.petitions.rules.exclusions import (
    CHOSEN_BY_OFFICERS,
    PROCEDURE,
    PROPOSE,
    PROPOSERS,
    Ground,
    Move,
    Standing,
    check_another_person,
)
from edem.services.petitions.rules.lifecycle import CHARTER
from edem.services.petitions.rules.shortfall import falls_short
from edem.services.petitions.rules.text import tidy_paragraphs


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What an officer saw and asks for: `digest` is of the very set that the preview showed."""

    conditions: Conditions
    last_ordinal: int
    digest: str
    ground: str
    reason: str


@transaction.atomic(durable=True)
def propose_exclusion(petition_id: int, proposal: Proposal, *, by: Person, now: datetime) -> int:
    """Ask a second person to exclude what was previewed; nothing is taken off the count yet."""
    petition = lock(petition_id)

    check_proposal(petition, proposal, by=by)
    chosen = measured(chosen_by(petition, proposal.conditions, last_ordinal=proposal.last_ordinal))
    if not chosen.count or chosen.first_at is None or chosen.last_at is None:
        raise Conflict("exclusion.nothing_chosen")
    if chosen.digest != proposal.digest:
        raise Conflict("exclusion.set_changed")
    if Exclusion.objects.filter(petition=petition, digest=chosen.digest, standing=Standing.PROPOSED).exists():
        raise Conflict("exclusion.proposed_already")

    exclusion = Exclusion.objects.create(
        community_id=petition.community_id,
        petition=petition,
        standing=Standing.PROPOSED,
        ground=proposal.ground,
        reason=tidy_paragraphs(proposal.reason),
        conditions=proposal.conditions.model_dump(mode="json", exclude_defaults=True),
        last_ordinal=proposal.last_ordinal,
        digest=chosen.digest,
        count=chosen.count,
        first_at=chosen.first_at,
        last_at=chosen.last_at,
        proposed_by=by,
        proposed_at=now,
    )
    announce(ExclusionProposed(petition_id=petition.pk, exclusion_id=exclusion.pk, proposed_at=now))
    write_down(exclusion, PROPOSE, "", by=by, now=now, note=exclusion.reason)
    log(petition, "petition.exclusion_proposed", by=by, now=now)
    return exclusion.pk


def check_proposal(petition: Petition, proposal: Proposal, *, by: Person) -> None:
    if PROPOSERS.isdisjoint(roles_of(by.pk, petition.community_id)):
        raise NotAllowed("exclusion.officers_propose")
    if petition.published_at is None:
        raise Conflict("petition.step_not_now")
    check_conditions(proposal.conditions)
    if proposal.ground not in CHOSEN_BY_OFFICERS:
        raise Invalid("petition.unknown_ground")
    if not proposal.reason.strip():
        raise Invalid("exclusion.reason_required")


@transaction.atomic(durable=True)
def confirm_exclusion(exclusion_id: int, *, by: Person, now: datetime) -> None:
    """Take off the count exactly the signatures that were proposed, or none of them."""
    petition, exclusion = lock_both(exclusion_id)

    check_may_move(exclusion, Move.CONFIRM, by=by)
    chosen = chosen_by(petition, conditions_of(exclusion), last_ordinal=exclusion.last_ordinal)
    if measured(chosen).digest != exclusion.digest:
        raise Conflict("exclusion.set_changed")

    take_off_set(petition, chosen, exclusion_id=exclusion.pk, now=now)
    exclusion.held_at = now
    take_step(exclusion, Move.CONFIRM, by=by, now=now)
    note_shortfall(petition, now=now)
    announce(SignaturesExcluded(petition_id=petition.pk, exclusion_id=exclusion.pk))
    show_anew(petition)
    log(petition, "petition.signatures_excluded", by=by, now=now)


@transaction.atomic(durable=True)
def decline_exclusion(exclusion_id: int, *, by: Person, now: datetime, note: str) -> None:
    """Drop a proposal; its proposer may, too."""
    petition, exclusion = lock_both(exclusion_id)

    check_may_move(exclusion, Move.DECLINE, by=by, note=note)

    take_step(exclusion, Move.DECLINE, by=by, now=now, note=note)
    log(petition, "petition.exclusion_declined", by=by, now=now)


@transaction.atomic(durable=True)
def propose_return(exclusion_id: int, *, by: Person, now: datetime, note: str) -> None:
    """Ask a second person to count the excluded signatures again."""
    petition, exclusion = lock_both(exclusion_id)

    check_may_move(exclusion, Move.PROPOSE_RETURN, by=by, note=note)

    exclusion.proposed_by, exclusion.proposed_at = by, now
    take_step(exclusion, Move.PROPOSE_RETURN, by=by, now=now, note=note)
    announce(ExclusionProposed(petition_id=petition.pk, exclusion_id=exclusion.pk, proposed_at=now))
    log(petition, "petition.return_proposed", by=by, now=now)


@transaction.atomic(durable=True)
def return_signatures(exclusion_id: int, *, by: Person, now: datetime) -> None:
    """Undo an exclusion: its signatures count again, but not those whose signers have withdrawn them since."""
    petition, exclusion = lock_both(exclusion_id)

    check_may_move(exclusion, Move.RETURN, by=by)

    exclusion.undone_at = now
    take_step(exclusion, Move.RETURN, by=by, now=now)  # from here on its removals hold no more
    moved = put_back_set(petition, restored_by(petition, exclusion.pk), now=now)
    Exclusion.objects.filter(pk=exclusion.pk).update(returned_count=moved.after - moved.before)
    note_shortfall(petition, now=now)
    announce(SignaturesReturned(petition_id=petition.pk, exclusion_id=exclusion.pk))
    show_anew(petition)
    log(petition, "petition.signatures_returned", by=by, now=now)


@transaction.atomic(durable=True)
def keep_excluded(exclusion_id: int, *, by: Person, now: datetime, note: str) -> None:
    petition, exclusion = lock_both(exclusion_id)

    check_may_move(exclusion, Move.KEEP, by=by, note=note)

    take_step(exclusion, Move.KEEP, by=by, now=now, note=note)
    log(petition, "petition.return_declined", by=by, now=now)


def lock_both(exclusion_id: int) -> tuple[Petition, Exclusion]:
    """The petition first, as everybody who counts does; then the exclusion, so that two deciders take turns."""
    petition_id = Exclusion.objects.filter(pk=exclusion_id).order_by().values_list("petition_id", flat=True).first()
    if petition_id is None:
        raise Missing("exclusion.missing")
    petition = lock(petition_id)
    return petition, Exclusion.objects.select_for_update(no_key=True).get(pk=exclusion_id)


def check_may_move(exclusion: Exclusion, move: Move, *, by: Person, note: str = "") -> None:
    standing = Standing(exclusion.standing)
    if exclusion.ground == Ground.SAME_PERSON:
        raise Conflict("exclusion.follows_from_merge")
    PROCEDURE.check_may(move, standing, roles_of(by.pk, exclusion.community_id))
    PROCEDURE.check_note(move, standing, note)
    check_another_person(move, proposed_by=exclusion.proposed_by_id, by=by.pk)


def take_step(exclusion: Exclusion, move: Move, *, by: Person, now: datetime, note: str = "") -> None:
    source = Standing(exclusion.standing)
    exclusion.standing = PROCEDURE.target(move, source)
    exclusion.save()
    write_down(exclusion, move, source, by=by, now=now, note=note)


def write_down(exclusion: Exclusion, step: str, source: str, *, by: Person, now: datetime, note: str) -> None:
    actors = roles_of(by.pk, exclusion.community_id)
    allowed = PROPOSERS if step == PROPOSE else PROCEDURE.transition(Move(step), Standing(source)).by
    ExclusionStep.objects.create(
        exclusion=exclusion,
        at=now,
        by=by,
        actor=min(allowed & actors),
        step=step,
        from_state=source,
        to_state=exclusion.standing,
        note=tidy_paragraphs(note),
        clause=CHARTER,
        public=exclusion.held_at is not None,
    )


def note_shortfall(petition: Petition, *, now: datetime) -> None:
    """From now on an officer owes the public a decision; or not any more, if enough came back."""
    if not falls_short(progress_of(petition)):
        petition.shortfall_at = None
    elif petition.shortfall_at is None:
        petition.shortfall_at = now
    petition.save(update_fields=["shortfall_at"])
