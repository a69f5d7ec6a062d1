"""What the petition's card needs, read in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final

from edem.foundation.communities.models import Community
from edem.foundation.people.models import Person
from edem.foundation.single_rows import SingleRow
from edem.kernel.deadlines import days_left, overdue_days
from edem.kernel.errors import Missing, NotAllowed
from edem.kernel.grounds import GroundLook
from edem.kernel.lifecycle import AUTHOR, StateLook, Transition
from edem.services.petitions.charter import PetitionCharter
from edem.services.petitions.models import Petition, PetitionStep
from edem.services.petitions.queries.actors import actors_of
from edem.services.petitions.queries.charters import charter_of
from edem.services.petitions.queries.mine import follows
from edem.services.petitions.queries.own_signature import Own, own_standing
from edem.services.petitions.queries.signatures import Gathered, gathered_by
from edem.services.petitions.queries.withheld import hides_text, was_public, withhold
from edem.services.petitions.rules.collecting import Progress, is_signable, state_at
from edem.services.petitions.rules.grounds import GROUNDS, Ground
from edem.services.petitions.rules.lifecycle import (
    DECISION_LABELS,
    LIFECYCLE,
    MAY_BE_CARRIED_OUT,
    STATES,
    Decision,
    State,
    Step,
)
from edem.services.petitions.rules.reading import is_staff_reading, may_read
from edem.ui.tones import NoticeTone

_PETITION: Final = SingleRow(Petition, "community_id = %s AND id = %s")


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One stage of the road: passed, here, or still ahead."""

    state: State
    look: StateLook
    at: datetime | None
    note: str
    clause: str
    is_now: bool
    is_done: bool


@dataclass(frozen=True, kw_only=True)
class PetitionPage:
    petition: Petition
    state: State
    look: StateLook
    charter: PetitionCharter
    count: int
    left: int
    percent: int
    days_left: int | None
    overdue_days: int
    is_signable: bool
    ground: GroundLook | None
    decision_label: str
    shows_text: bool
    has_signed: bool
    has_withdrawn: bool
    follows: bool
    open_steps: Sequence[Transition[State, Step]]
    is_staff_case: bool
    as_of: datetime

    @cached_property
    def steps(self) -> Sequence[PetitionStep]:
        return list(self.petition.steps.order_by("at", "pk"))

    @cached_property
    def stages(self) -> Sequence[Stage]:
        return stages_of(self.petition, self.state, self.steps)

    @cached_property
    def gathered(self) -> Gathered:
        return gathered_by(self.petition)

    @property
    def answer_tone(self) -> NoticeTone:
        return "success" if self.petition.decision in MAY_BE_CARRIED_OUT else "info"


def petition_for(community: Community, petition_id: int, *, reader: Person | None) -> Petition:
    """The petition, if it belongs to this community and the reader may see it; otherwise there is none."""
    return _met(community, petition_id, reader=reader)[0]


def _met(community: Community, petition_id: int, *, reader: Person | None) -> tuple[Petition, frozenset[str]]:
    """The petition and in which capacities the reader meets it."""
    petition = _PETITION.find(community.pk, petition_id)
    if petition is None:
        raise Missing("petition.missing")
    petition.community = community
    actors = actors_of(reader, petition)
    if not may_read(State(petition.state), actors, was_public=was_public(petition)):
        raise Missing("petition.missing")
    return petition if AUTHOR in actors or is_staff_reading(actors) else withhold(petition), actors


def petition_of_author(community: Community, petition_id: int, *, author: Person) -> Petition:
    petition = petition_for(community, petition_id, reader=author)
    if petition.author_id != author.pk:
        raise NotAllowed("petition.not_yours")
    return petition


def returned_note(petition: Petition) -> str:
    """What the moderator asked to mend, while the petition is back with its author."""
    if State(petition.state) is not State.RETURNED:
        return ""
    last = petition.steps.filter(to_state=State.RETURNED).order_by("-at", "-pk").first()
    return last.note if last else ""


def petition_page(community: Community, petition_id: int, *, reader: Person | None, now: datetime) -> PetitionPage:
    petition, actors = _met(community, petition_id, reader=reader)
    state, count = state_now(petition, now), total_of(petition)
    ground = GROUNDS[Ground(petition.ground)] if petition.ground else None
    due = petition.due_at
    own = own_standing(petition, reader, now=now) if reader else Own.NOTHING
    shows_text = not hides_text(petition)
    return PetitionPage(
        petition=petition,
        state=state,
        look=STATES[state],
        charter=charter_of(petition),
        count=count,
        left=max(0, petition.required - count),
        percent=min(100, count * 100 // petition.required),
        days_left=days_left(petition.closes_at, now) if petition.closes_at else None,
        overdue_days=overdue_days(due, now) if due and not LIFECYCLE.look(state).final else 0,
        is_signable=petition.text_hidden_at is None and is_signable(progress_of(petition), now),
        ground=ground,
        decision_label=DECISION_LABELS[Decision(petition.decision)] if petition.decision else "",
        shows_text=shows_text,
        has_signed=own is Own.SIGNED,
        has_withdrawn=own is Own.WITHDREW,
        follows=reader is not None and follows(reader.pk, petition),
        open_steps=LIFECYCLE.steps_from(State(petition.state), actors),
        is_staff_case=is_staff_reading(actors),
        as_of=now,
    )


def progress_of(petition: Petition) -> Progress:
    return Progress(
        state=State(petition.state),
        signatures=total_of(petition),
        required=petition.required,
        closes_at=petition.closes_at,
        reached_at=petition.reached_at,
    )


def state_now(petition: Petition, now: datetime) -> State:
    return state_at(progress_of(petition), now)


def total_of(petition: Petition) -> int:
    return petition.signature_count + petition.imported_count


def stages_of(petition: Petition, state: State, steps: Sequence[PetitionStep]) -> Sequence[Stage]:
    """The road: what was passed, with its date, then where the petition is, then what still lies ahead."""
    passed = [step for step in steps if step.public or step.to_state == state]
    done = [stage(State(each.to_state), each, is_now=False, is_done=True) for each in passed if each.to_state != state]
    here = next((each for each in reversed(passed) if each.to_state == state), None)
    ahead = [] if LIFECYCLE.look(state).final else LIFECYCLE.road_from(state)[1:]
    return [
        *done,
        stage(state, here, is_now=True, is_done=LIFECYCLE.look(state).final),
        *(stage(each, None, is_now=False, is_done=False) for each in ahead if may_come(petition, each)),
    ]


def may_come(petition: Petition, ahead: State) -> bool:
    """What is carried out is only what was supported; until the answer nobody knows."""
    if ahead in {State.FULFILMENT, State.FULFILLED}:
        return petition.decision in {"", Decision.SUPPORTED, Decision.PARTLY}
    return True


def stage(state: State, step: PetitionStep | None, *, is_now: bool, is_done: bool) -> Stage:
    return Stage(
        state=state,
        look=STATES[state],
        at=step.at if step else None,
        note=step.note if step else "",
        clause=step.clause if step else "",
        is_now=is_now,
        is_done=is_done,
    )
