"""The plan of fulfilment: what a stage is, what became of it, and when a petition may be called carried out. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from edem.foundation.people.roles import Role
from edem.kernel.deadlines import kyiv_day, last_day_before, overdue_days
from edem.kernel.errors import Conflict, Invalid
from edem.kernel.lifecycle import StateLook
from edem.kernel.ukrainian import N_
from edem.services.petitions.rules.lifecycle import MAYOR, OFFICER, State

MOST_STAGES: Final = 50
MOST_PIECES: Final = 20
"""Pieces of evidence of one stage."""
MOST_KOPIYKAS: Final = 10**15

KEEPS_THE_PLAN: Final = OFFICER | MAYOR
HAS_A_PLAN: Final = frozenset({State.FULFILMENT, State.FULFILLED, State.NOT_FULFILLED})
CHECKS_EVIDENCE: Final = KEEPS_THE_PLAN | {Role.MODERATOR.value}


class Standing(StrEnum):
    """What has been written down about a stage; whether it is late is told by the clock."""

    PLANNED = "planned"
    DONE = "done"
    DROPPED = "dropped"


class Change(StrEnum):
    """What a line of the plan's history says."""

    ADDED = "added"
    MOVED = "moved"
    CHANGED = "changed"
    DONE = "done"
    DROPPED = "dropped"
    REOPENED = "reopened"


class Condition(StrEnum):
    """How a stage stands today."""

    PLANNED = "planned"
    LATE = "late"
    DONE = "done"
    DONE_LATE = "done_late"
    DROPPED = "dropped"
    NOT_DONE = "not_done"
    """Still open when the petition was given up."""


CONDITIONS: Final = {
    Condition.PLANNED: StateLook(label=N_("Заплановано"), tone="neutral", shape="○"),
    Condition.LATE: StateLook(label=N_("Прострочено"), tone="open", shape="▲"),
    Condition.DONE: StateLook(label=N_("Виконано"), tone="accepted", shape="■", final=True),
    Condition.DONE_LATE: StateLook(label=N_("Виконано із запізненням"), tone="warning", shape="■", final=True),
    Condition.DROPPED: StateLook(label=N_("Скасовано"), tone="archive", shape="▢", final=True),
    Condition.NOT_DONE: StateLook(label=N_("Не виконано"), tone="archive", shape="▢", final=True),
}

CHANGES: Final = {
    Change.ADDED: N_("Додано етап"),
    Change.MOVED: N_("Строк перенесено"),
    Change.CHANGED: N_("Змінено етап"),
    Change.DONE: N_("Виконано"),
    Change.DROPPED: N_("Етап скасовано"),
    Change.REOPENED: N_("Етап знову відкрито"),
}


@dataclass(frozen=True, kw_only=True)
class NewStage:
    """One stage as it is written: what, who, by when, for how much."""

    title: str
    body: str
    due_at: datetime
    amount: int | None = None
    """In kopiykas."""


def condition_of(
    standing: Standing, *, due_at: datetime, done_on: date | None, now: datetime, state: State = State.FULFILMENT
) -> Condition:
    match standing:
        case Standing.DONE:
            late = done_on is not None and done_on > last_day_before(due_at)
            return Condition.DONE_LATE if late else Condition.DONE
        case Standing.DROPPED:
            return Condition.DROPPED
        case _ if state is State.NOT_FULFILLED:
            return Condition.NOT_DONE
        case _:
            return Condition.LATE if now >= due_at else Condition.PLANNED


def days_late(standing: Standing, *, due_at: datetime, done_on: date | None, now: datetime) -> int:
    """By how many days a stage is, or was, late; nought for one that is in time or was dropped."""
    if standing is Standing.PLANNED:
        return overdue_days(due_at, now)
    if standing is Standing.DONE and done_on is not None:
        return max(0, (done_on - last_day_before(due_at)).days)
    return 0


def check_stage(stage: NewStage) -> None:
    if not stage.title or not stage.body:
        raise Invalid("petition.stage_unnamed")
    if stage.amount is not None and not 0 <= stage.amount <= MOST_KOPIYKAS:
        raise Invalid("petition.stage_amount", field="amount")


def check_due(due_at: datetime, now: datetime) -> None:
    if due_at <= now:
        raise Invalid("petition.due_in_past", field="due")


def check_open(standing: Standing) -> None:
    """What is done or dropped is opened again first, so that the record never loses a turn."""
    if standing is not Standing.PLANNED:
        raise Conflict("petition.stage_closed")


def check_done_on(done_on: date, *, answered_at: datetime | None, now: datetime) -> None:
    if done_on > kyiv_day(now):
        raise Invalid("petition.done_in_future", field="done_on")
    if answered_at is not None and done_on < kyiv_day(answered_at):
        raise Invalid("petition.done_before_answer", field="done_on")


def check_may_fulfil(standings: Sequence[Standing]) -> None:
    """«Виконана» is said only when every stage is done or dropped with a reason, and not when all were dropped."""
    waiting = standings.count(Standing.PLANNED)
    if waiting:
        raise Conflict("petition.stages_open", waiting=waiting)
    if standings and Standing.DONE not in standings:
        raise Conflict("petition.nothing_done")
