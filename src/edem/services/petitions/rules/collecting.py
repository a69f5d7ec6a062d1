"""Collecting signatures: what is reached stays reached, and a signature counts by the moment it arrived."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from edem.kernel.errors import Conflict, NotAllowed
from edem.services.petitions.charter import PetitionCharter
from edem.services.petitions.rules.lifecycle import SIGNABLE, State


class Collecting(Protocol):
    """What tells whether signatures are taken: never how many there are."""

    @property
    def state(self) -> State: ...
    @property
    def closes_at(self) -> datetime | None: ...


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a petition has come; `signatures` counts those that hold."""

    state: State
    signatures: int
    required: int
    closes_at: datetime | None
    reached_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Signer:
    """What a signature must rest on: dated facts of identity, never the data themselves."""

    is_member: bool
    age: int | None
    assurance: str


def state_at(progress: Progress, now: datetime) -> State:
    """The state as the clock has it: a petition whose term ran out has fallen short, whatever the jobs did."""
    ended = progress.closes_at is not None and now >= progress.closes_at
    return State.FELL_SHORT if ended and progress.state is State.COLLECTING else progress.state


def is_signable(progress: Progress, at: datetime) -> bool:
    return progress.state in SIGNABLE and progress.closes_at is not None and at < progress.closes_at


def check_may_sign(progress: Collecting, at: datetime) -> None:
    """Refuse a signature that arrived after the end; `at` is when it arrived, not when it is written."""
    if progress.state not in SIGNABLE or progress.closes_at is None:
        raise Conflict("petition.not_collecting")
    if at >= progress.closes_at:
        raise Conflict("petition.closed", closed_at=progress.closes_at)


def check_signer(signer: Signer, charter: PetitionCharter) -> None:
    """Only identified members of the community sign (003 §4.2), at the age its charter sets, if it sets one."""
    if not signer.is_member:
        raise NotAllowed("petition.not_a_member")
    if not signer.assurance or (charter.counted_assurance and signer.assurance not in charter.counted_assurance):
        raise NotAllowed("petition.assurance_too_low")
    if charter.minimum_age and signer.age is None:
        raise NotAllowed("petition.age_unknown", age=charter.minimum_age)
    if signer.age is not None and signer.age < charter.minimum_age:
        raise NotAllowed("petition.too_young", age=charter.minimum_age)


def brings_the_last(*, before: int, after: int, required: int) -> bool:
    """Whether exactly this batch took the count over the threshold."""
    return before < required <= after


def milestones_passed(*, before: int, after: int, required: int) -> tuple[int, ...]:
    """The quarters of the threshold that a batch passed; the last of them is the threshold itself."""
    return tuple(part for part in (25, 50, 75) if before * 100 < part * required <= after * 100)
