"""The plan of fulfilment as everybody sees it: how far it has come, what is next, what was moved and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch

from edem.foundation.files.queries import address_of_file
from edem.foundation.files.rules import IMAGES, Kind
from edem.foundation.notices.facts import Fact
from edem.kernel.deadlines import last_day_before
from edem.kernel.errors import Missing
from edem.kernel.lifecycle import StateLook
from edem.kernel.money import Hryvnias
from edem.services.petitions.models import Evidence, Petition, PlanChange, PlanStage
from edem.services.petitions.queries.mails import facts_of
from edem.services.petitions.rules.fulfilment import (
    CHANGES,
    CONDITIONS,
    HAS_A_PLAN,
    Change,
    Condition,
    Standing,
    condition_of,
    days_late,
)
from edem.services.petitions.rules.lifecycle import State


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One piece of evidence."""

    evidence: Evidence
    is_picture: bool
    is_public: bool

    @property
    def url(self) -> str:
        return address_of_file(self.evidence.file)


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One line of a stage's history."""

    change: PlanChange
    label: str
    day_before: date | None
    day_after: date | None


@dataclass(frozen=True, kw_only=True)
class StageShown:
    stage: PlanStage
    condition: Condition
    look: StateLook
    last_day: date
    days_late: int
    amount: Hryvnias | None
    turns: Sequence[Turn]
    pictures: Sequence[Piece]
    papers: Sequence[Piece]

    @property
    def is_open(self) -> bool:
        return self.condition in {Condition.PLANNED, Condition.LATE}

    @property
    def has_story(self) -> bool:
        return bool(self.turns or self.pictures or self.papers)

    @property
    def unchecked(self) -> Sequence[Piece]:
        return [piece for piece in (*self.pictures, *self.papers) if not piece.is_public]


@dataclass(frozen=True, kw_only=True)
class PlanShown:
    stages: Sequence[StageShown]
    done: int
    counted: int
    """Those that were not dropped."""
    late: int
    amount: Hryvnias | None

    @property
    def next_stage(self) -> StageShown | None:
        """The open stage whose date comes first; an overdue one before all."""
        return next((each for each in self.stages if each.is_open), None)

    @property
    def is_empty(self) -> bool:
        return not self.stages


def plan_of(petition: Petition, *, now: datetime) -> PlanShown | None:
    """What everybody may see; None for a petition that has no plan."""
    if State(petition.state) not in HAS_A_PLAN:
        return None
    return plan_shown(stages_of(petition, published_only=True), state=State(petition.state), now=now)


def plan_for_staff(petition: Petition, *, now: datetime) -> PlanShown:
    """With the evidence that waits to be checked."""
    return plan_shown(stages_of(petition, published_only=False), state=State(petition.state), now=now)


def stage_for_staff(petition: Petition, stage_id: int, *, now: datetime) -> StageShown:
    found = next((each for each in plan_for_staff(petition, now=now).stages if each.stage.pk == stage_id), None)
    if found is None:
        raise Missing("petition.stage_missing")
    return found


def stages_of(petition: Petition, *, published_only: bool) -> Sequence[PlanStage]:
    evidence = Evidence.objects.select_related("file").order_by("added_at", "pk")
    seen = evidence.filter(published_at__isnull=False) if published_only else evidence
    changes = PlanChange.objects.exclude(kind=Change.ADDED).order_by("at", "pk")
    stages = PlanStage.objects.filter(petition=petition).order_by("due_at", "pk")
    return list(stages.prefetch_related(Prefetch("changes", changes), Prefetch("evidence", seen)))


def plan_shown(stages: Sequence[PlanStage], *, state: State, now: datetime) -> PlanShown:
    shown = [stage_shown(each, state=state, now=now) for each in stages]
    amounts = [each.stage.amount for each in shown if each.condition is not Condition.DROPPED and each.stage.amount]
    return PlanShown(
        stages=shown,
        done=sum(each.condition in {Condition.DONE, Condition.DONE_LATE} for each in shown),
        counted=sum(each.condition is not Condition.DROPPED for each in shown),
        late=sum(each.condition is Condition.LATE for each in shown),
        amount=Hryvnias(sum(amounts)) if amounts else None,
    )


def stage_shown(stage: PlanStage, *, state: State, now: datetime) -> StageShown:
    standing = Standing(stage.standing)
    condition = condition_of(standing, due_at=stage.due_at, done_on=stage.done_on, now=now, state=state)
    pieces = [piece_of(each) for each in stage.evidence.all()]
    return StageShown(
        stage=stage,
        condition=condition,
        look=CONDITIONS[condition],
        last_day=last_day_before(stage.due_at),
        days_late=(
            0
            if condition is Condition.NOT_DONE
            else days_late(standing, due_at=stage.due_at, done_on=stage.done_on, now=now)
        ),
        amount=None if stage.amount is None else Hryvnias(stage.amount),
        turns=[turn_of(each) for each in stage.changes.all()],
        pictures=[each for each in pieces if each.is_picture],
        papers=[each for each in pieces if not each.is_picture],
    )


def piece_of(evidence: Evidence) -> Piece:
    return Piece(
        evidence=evidence,
        is_picture=Kind(evidence.file.kind) in IMAGES,
        is_public=evidence.published_at is not None,
    )


def turn_of(change: PlanChange) -> Turn:
    return Turn(
        change=change,
        label=CHANGES[Change(change.kind)],
        day_before=last_day_before(change.due_before) if change.due_before else None,
        day_after=last_day_before(change.due_after) if change.due_after else None,
    )


def change_told(change_id: int) -> PlanChange | None:
    found = PlanChange.objects.select_related("stage__petition__community").filter(pk=change_id)
    return found.order_by("pk").first()


def facts_of_stage(stage: PlanStage) -> dict[str, Fact]:
    """What a letter to the staff says of a stage."""
    return facts_of(stage.petition) | {"stage": stage.title, "stage_body": stage.body, "stage_due_at": stage.due_at}


def facts_of_change(change: PlanChange) -> dict[str, Fact]:
    """What a letter says of one turn of a stage; the petition's own facts stand beside it."""
    turn = turn_of(change)
    return {
        "stage": change.stage.title,
        "what": turn.label,
        "reason": change.note,
        "day_before": turn.day_before,
        "day_after": turn.day_after,
        "done_on": change.stage.done_on if change.kind == Change.DONE else None,
    }
