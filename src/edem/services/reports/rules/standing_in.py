"""When the control body and the moderator act for an organisation: the notes of the act's table (§3.2)."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from edem.foundation.people.roles import Role
from edem.kernel.errors import Conflict, Refused
from edem.services.reports.rules.lifecycle import State


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """What the notes of the table ask about."""

    was_resent: bool = False
    """The moderator has written to the organisation a second time."""
    has_answer: bool = False
    """The organisation has answered, or its executor has reported."""
    self_organised: bool = False
    """Neighbours take it, or have taken it, on themselves."""


def check_may_accept_as(actor: str, found: Circumstances) -> None:
    """A worker accepts as such; the moderator for neighbours, the control body after the second letter."""
    if actor == Role.MODERATOR and not found.self_organised:
        raise Conflict("report.not_self_organised")
    if actor == Role.CONTROL and not found.was_resent:
        raise Conflict("report.not_resent_yet")


def check_may_close_as(actor: str, state: State, found: Circumstances) -> None:
    """On the organisation's answer; what was opened again also on a check of one's own (§3.2)."""
    if actor == Role.WORKER or state is State.REOPENED or found.has_answer:
        return
    if actor == Role.MODERATOR and found.self_organised:
        return
    raise Conflict("report.no_answer_yet")


ORDER = (Role.WORKER.value, Role.CONTROL.value, Role.MODERATOR.value)


def accepting_as(actors: Collection[str], found: Circumstances) -> str:
    """The capacity in which somebody with several roles may; the refusal of the last one when none will do."""
    return _first_that_may(actors, lambda actor: check_may_accept_as(actor, found))


def closing_as(actors: Collection[str], state: State, found: Circumstances) -> str:
    return _first_that_may(actors, lambda actor: check_may_close_as(actor, state, found))


def _first_that_may(actors: Collection[str], check: Callable[[str], None]) -> str:
    refusal: Refused | None = None
    for actor in (each for each in ORDER if each in actors):
        try:
            check(actor)
        except Refused as refused:
            refusal = refused
        else:
            return actor
    raise refusal or ValueError("none of these steps for an organisation")
