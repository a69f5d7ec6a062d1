"""What officers and the mayor's office do with a supported petition: write the plan, keep it, and say how it ended."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from edem.foundation.events.announcing import announce
from edem.foundation.people.models import Person
from edem.foundation.places.queries import working_calendar
from edem.kernel.deadlines import warns_at
from edem.kernel.errors import Conflict, Invalid, Missing, NotAllowed
from edem.services.petitions.actions.moderating import log
from edem.services.petitions.actions.stepping import check_may, lock, move, show_anew
from edem.services.petitions.events import FulfilmentMoved, PlanStageMoved, StageClockStarted
from edem.services.petitions.models import Petition, PlanChange, PlanStage
from edem.services.petitions.queries.actors import actors_of
from edem.services.petitions.queries.charters import charter_of
from edem.services.petitions.rules.fulfilment import (
    KEEPS_THE_PLAN,
    MOST_STAGES,
    Change,
    NewStage,
    Standing,
    check_done_on,
    check_due,
    check_may_fulfil,
    check_open,
    check_stage,
)
from edem.services.petitions.rules.lifecycle import MAY_BE_CARRIED_OUT, State, Step
from edem.services.petitions.rules.text import tidy_line, tidy_paragraphs


@transaction.atomic(durable=True)
def start_fulfilment(petition_id: int, first: NewStage, *, by: Person, now: datetime, note: str) -> None:
    """Say who carries a supported petition out, and open the plan with its first stage."""
    petition = lock(petition_id)

    check_may(Step.START_FULFILMENT, petition, by=by, note=note)
    if petition.decision not in MAY_BE_CARRIED_OUT:
        raise Conflict("petition.not_to_be_carried_out")
    first = tidied(first)
    check_stage(first)
    check_due(first.due_at, now)

    move(petition, Step.START_FULFILMENT, by=by, now=now, note=note)
    stage = write_stage(petition, first)
    record_change(stage, Change.ADDED, by=by, now=now)
    petition.responsible_body = petition.responsible_body or first.body
    keep(petition)
    start_clock(stage, petition, now=now)
    announce(FulfilmentMoved(petition_id=petition.pk, state=State.FULFILMENT))
    log(petition, "petition.fulfilment_started", by=by, now=now)


@transaction.atomic(durable=True)
def add_stage(petition_id: int, new: NewStage, *, by: Person, now: datetime) -> int:
    petition = lock_to_keep(petition_id, by=by)

    new = tidied(new)
    check_stage(new)
    check_due(new.due_at, now)
    if petition.plan.count() >= MOST_STAGES:
        raise Conflict("petition.too_many_stages", most=MOST_STAGES)

    stage = write_stage(petition, new)
    record_change(stage, Change.ADDED, by=by, now=now)
    keep(petition)
    start_clock(stage, petition, now=now)
    log(petition, "petition.stage_added", by=by, now=now)
    return stage.pk


@transaction.atomic(durable=True)
def change_stage(petition_id: int, stage_id: int, new: NewStage, *, by: Person, now: datetime, note: str) -> None:
    """Change what a stage says; a date that moves stays in the history beside the new one, with the reason."""
    petition = lock_to_keep(petition_id, by=by)
    stage = stage_of(petition, stage_id)

    new = tidied(new)
    check_open(Standing(stage.standing))
    check_stage(new)
    check_reason(note)
    before, is_moved = stage.due_at, new.due_at != stage.due_at
    if is_moved:
        check_due(new.due_at, now)

    stage.title, stage.body, stage.amount, stage.due_at = new.title, new.body, new.amount, new.due_at
    stage.save()
    kind = Change.MOVED if is_moved else Change.CHANGED
    change = record_change(
        stage, kind, by=by, now=now, note=note, dates=(before, stage.due_at) if is_moved else (None, None)
    )
    keep(petition)
    if is_moved:
        start_clock(stage, petition, now=now)
    announce_change(change, petition)
    log(petition, "petition.stage_changed", by=by, now=now)


@transaction.atomic(durable=True)
def finish_stage(petition_id: int, stage_id: int, *, by: Person, now: datetime, done_on: date, note: str) -> None:
    petition = lock_to_keep(petition_id, by=by)
    stage = stage_of(petition, stage_id)

    check_open(Standing(stage.standing))
    check_reason(note)
    check_done_on(done_on, answered_at=petition.answered_at, now=now)

    settle(stage, Standing.DONE, done_on=done_on)
    change = record_change(stage, Change.DONE, by=by, now=now, note=note)
    keep(petition)
    announce_change(change, petition)
    log(petition, "petition.stage_done", by=by, now=now)


@transaction.atomic(durable=True)
def drop_stage(petition_id: int, stage_id: int, *, by: Person, now: datetime, note: str) -> None:
    petition = lock_to_keep(petition_id, by=by)
    stage = stage_of(petition, stage_id)

    check_open(Standing(stage.standing))
    check_reason(note)

    settle(stage, Standing.DROPPED)
    change = record_change(stage, Change.DROPPED, by=by, now=now, note=note)
    keep(petition)
    announce_change(change, petition)
    log(petition, "petition.stage_dropped", by=by, now=now)


@transaction.atomic(durable=True)
def reopen_stage(petition_id: int, stage_id: int, *, by: Person, now: datetime, note: str) -> None:
    """Take back «виконано» or «скасовано»: what was said stays in the history."""
    petition = lock_to_keep(petition_id, by=by)
    stage = stage_of(petition, stage_id)

    if Standing(stage.standing) is Standing.PLANNED:
        raise Conflict("petition.stage_is_open")
    check_reason(note)

    settle(stage, Standing.PLANNED)
    change = record_change(stage, Change.REOPENED, by=by, now=now, note=note)
    keep(petition)
    start_clock(stage, petition, now=now)
    announce_change(change, petition)
    log(petition, "petition.stage_reopened", by=by, now=now)


@transaction.atomic(durable=True)
def finish_fulfilment(petition_id: int, step: Step, *, by: Person, now: datetime, note: str) -> None:
    """Say in public that a petition was carried out, or that it was not and why."""
    petition = lock(petition_id)

    check_may(step, petition, by=by, note=note)
    if step is Step.FULFIL:
        check_may_fulfil([Standing(each) for each in petition.plan.values_list("standing", flat=True)])
        petition.fulfilled_at = now

    move(petition, step, by=by, now=now, note=note)
    petition.save()
    announce(FulfilmentMoved(petition_id=petition.pk, state=petition.state))
    log(petition, "petition.fulfilment_finished", by=by, now=now)


def lock_to_keep(
    petition_id: int,
    *,
    by: Person,
    roles: Collection[str] = KEEPS_THE_PLAN,
    states: Collection[State] = (State.FULFILMENT,),
) -> Petition:
    """The petition under its lock, if its plan is being carried out and this person may keep it."""
    petition = lock(petition_id)
    if actors_of(by, petition).isdisjoint(roles):
        raise NotAllowed("petition.not_your_plan")
    if State(petition.state) not in states:
        raise Conflict("petition.plan_is_closed")
    return petition


def stage_of(petition: Petition, stage_id: int) -> PlanStage:
    stage = petition.plan.filter(pk=stage_id).order_by("pk").first()
    if stage is None:
        raise Missing("petition.stage_missing")
    return stage


def tidied(new: NewStage) -> NewStage:
    return NewStage(title=tidy_line(new.title), body=tidy_line(new.body), due_at=new.due_at, amount=new.amount)


def check_reason(note: str) -> None:
    if not tidy_paragraphs(note):
        raise Invalid("lifecycle.note_required", field="note")


def write_stage(petition: Petition, new: NewStage) -> PlanStage:
    return PlanStage.objects.create(
        petition=petition, title=new.title, body=new.body, due_at=new.due_at, amount=new.amount
    )


def settle(stage: PlanStage, standing: Standing, *, done_on: date | None = None) -> None:
    stage.standing, stage.done_on = standing, done_on
    stage.save(update_fields=["standing", "done_on"])


def record_change(
    stage: PlanStage,
    kind: Change,
    *,
    by: Person,
    now: datetime,
    note: str = "",
    dates: tuple[datetime | None, datetime | None] = (None, None),
) -> PlanChange:
    return PlanChange.objects.create(
        stage=stage, at=now, by=by, kind=kind, note=tidy_paragraphs(note), due_before=dates[0], due_after=dates[1]
    )


def keep(petition: Petition) -> None:
    """The petition's own clock is its next stage's; the pages that show the plan are drawn anew."""
    waiting = petition.plan.filter(standing=Standing.PLANNED).order_by("due_at", "pk")
    petition.due_at = waiting.values_list("due_at", flat=True).first()
    petition.save()
    show_anew(petition)


def start_clock(stage: PlanStage, petition: Petition, *, now: datetime) -> None:
    days = charter_of(petition).warning_days
    warn_at = warns_at(stage.due_at, working_days_before=days, calendar=working_calendar(now))
    announce(StageClockStarted(stage_id=stage.pk, warn_at=max(warn_at, now), due_at=stage.due_at))


def announce_change(change: PlanChange, petition: Petition) -> None:
    announce(PlanStageMoved(petition_id=petition.pk, stage_id=change.stage_id, change_id=change.pk))
