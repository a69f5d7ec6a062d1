"""The life of a report as one table: the act, §3.2 and §4; docs/decisions say where the act is silent."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from functools import lru_cache
from typing import Final

from edem.foundation.people.roles import Role
from edem.kernel.lifecycle import AUTHOR, CLOCK, Lifecycle, Note, StateLook, Transition
from edem.kernel.ukrainian import N_
from edem.services.reports.charter import Moderation, ReportCharter


class State(StrEnum):
    CHECKING = "checking"
    OPEN = "open"
    ACCEPTED = "accepted"
    CLOSED = "closed"
    ARCHIVED = "archived"
    REOPENED = "reopened"
    REJECTED = "rejected"


class Step(StrEnum):
    PUBLISH = "publish"
    REJECT = "reject"
    ACCEPT = "accept"
    CLOSE = "close"
    ARCHIVE = "archive"
    REOPEN = "reopen"
    TAKE_UP_AGAIN = "take_up_again"


WORKER: Final = frozenset({Role.WORKER.value})
CONTROL: Final = frozenset({Role.CONTROL.value})
MODERATOR: Final = frozenset({Role.MODERATOR.value})
BY_AUTHOR: Final = frozenset({AUTHOR})
BY_CLOCK: Final = frozenset({CLOCK})

IN_ORGANISATION: Final = frozenset({Role.WORKER.value, Role.HEAD.value, Role.EXECUTOR.value})
"""Roles that say something only about the reports that their organisation holds."""

STATES: Final = {
    State.CHECKING: StateLook(label=N_("На перевірці"), tone="neutral", shape="○", public=False),
    State.OPEN: StateLook(label=N_("Відкрита"), tone="open", shape="●"),
    State.ACCEPTED: StateLook(label=N_("Прийнята в роботу"), tone="accepted", shape="◆"),
    State.CLOSED: StateLook(label=N_("Закрита"), tone="closed", shape="■"),
    State.ARCHIVED: StateLook(label=N_("Архівна"), tone="archive", shape="▢", final=True, comes_back=True),
    State.REOPENED: StateLook(label=N_("Відкрита повторно"), tone="open", shape="▲"),
    State.REJECTED: StateLook(label=N_("Вилучена модератором"), tone="archive", shape="▢", final=True),
}

ROAD: Final = (State.CHECKING, State.OPEN, State.ACCEPTED, State.CLOSED, State.ARCHIVED)

TABLE: Final = N_("Порядок роботи з повідомленнями, п. 3.2")
REOPENING: Final = N_("Порядок роботи з повідомленнями, п. 4.7")
GROUNDS_CLAUSE: Final = N_("Порядок роботи з повідомленнями, п. 5.1–5.2")


TRANSITIONS: Final[Sequence[Transition[State, Step]]] = (
    Transition(
        step=Step.PUBLISH,
        sources=frozenset({State.CHECKING}),
        target=State.OPEN,
        by=BY_AUTHOR | MODERATOR,
        label=N_("Оприлюднити"),
        clause=TABLE,
        starts="accept",
    ),
    Transition(
        step=Step.ACCEPT,
        sources=frozenset({State.OPEN}),
        target=State.ACCEPTED,
        by=WORKER | MODERATOR | CONTROL,
        label=N_("Прийняти в роботу"),
        clause=TABLE,
        note=Note.OPTIONAL,
    ),
    Transition(
        step=Step.CLOSE,
        sources=frozenset({State.ACCEPTED}),
        target=State.CLOSED,
        by=WORKER | CONTROL | MODERATOR,
        label=N_("Закрити"),
        clause=TABLE,
        note=Note.REQUIRED,
        starts="archive",
    ),
    Transition(
        step=Step.CLOSE,
        sources=frozenset({State.REOPENED}),
        target=State.CLOSED,
        by=CONTROL | MODERATOR,
        label=N_("Закрити"),
        clause=REOPENING,
        note=Note.REQUIRED,
        starts="archive",
    ),
    Transition(
        step=Step.ARCHIVE,
        sources=frozenset({State.CLOSED}),
        target=State.ARCHIVED,
        by=BY_CLOCK,
        label=N_("Перенесено до архіву"),
        clause=TABLE,
        starts="reopen",
    ),
    Transition(
        step=Step.REOPEN,
        sources=frozenset({State.CLOSED}),
        target=State.REOPENED,
        by=BY_AUTHOR | MODERATOR,
        label=N_("Відкрити повторно"),
        clause=REOPENING,
        note=Note.REQUIRED,
        starts="explain",
    ),
    Transition(
        step=Step.REOPEN,
        sources=frozenset({State.ARCHIVED}),
        target=State.REOPENED,
        by=MODERATOR,
        label=N_("Відкрити повторно"),
        clause=TABLE,
        note=Note.REQUIRED,
        starts="explain",
    ),
    Transition(
        step=Step.TAKE_UP_AGAIN,
        sources=frozenset({State.ARCHIVED}),
        target=State.ACCEPTED,
        by=BY_AUTHOR,
        label=N_("Повернути в роботу"),
        clause=TABLE,
        note=Note.REQUIRED,
        starts="explain",
    ),
    # Last: nobody hopes for it, so the road that still lies ahead never leads there.
    Transition(
        step=Step.REJECT,
        sources=frozenset(State) - {State.REJECTED},
        target=State.REJECTED,
        by=MODERATOR,
        label=N_("Вилучити"),
        clause=GROUNDS_CLAUSE,
        note=Note.REQUIRED,
    ),
)
"""As the act has them where the council has decided nothing else."""

REOPENED_CLOSES: Final = (Step.CLOSE, frozenset({State.REOPENED}))


@lru_cache
def _under(*, at_once: bool, worker_closes_reopened: bool) -> Lifecycle[State, Step]:
    rows = tuple(_decided(row, at_once=at_once, worker_closes_reopened=worker_closes_reopened) for row in TRANSITIONS)
    return Lifecycle(states=STATES, start=State.CHECKING, road=ROAD, transitions=rows)


def _decided(row: Transition[State, Step], *, at_once: bool, worker_closes_reopened: bool) -> Transition[State, Step]:
    """Two rows are the council's: who publishes, and whether the worker closes what was opened again."""
    if row.step is Step.PUBLISH and not at_once:
        return replace(row, by=MODERATOR)
    if (row.step, row.sources) == REOPENED_CLOSES and worker_closes_reopened:
        return replace(row, by=row.by | WORKER)
    return row


def lifecycle_of(charter: ReportCharter) -> Lifecycle[State, Step]:
    """The table as this community's charter has it: two of its rows are the council's to decide."""
    return _under(at_once=charter.moderation is Moderation.AFTER, worker_closes_reopened=charter.worker_closes_reopened)


LIFECYCLE: Final = lifecycle_of(ReportCharter.model_validate({}))
"""As the act has it where the council has decided nothing else: for labels, diagrams and words."""

IN_PUBLIC: Final = frozenset(state for state, look in STATES.items() if look.public)
AT_WORK: Final = frozenset({State.OPEN, State.ACCEPTED, State.REOPENED})
"""Somebody still has to do something."""
ENDED: Final = frozenset({State.CLOSED, State.ARCHIVED})
ON_THE_MAP: Final = AT_WORK | ENDED
ON_ITS_OWN: Final = frozenset({Step.REJECT, Step.REOPEN, Step.TAKE_UP_AGAIN})
"""What a report that follows another may still do by itself; opened again, it goes its own way."""
