"""Lifecycles: one declarative table of states and transitions per service (design §3.2).

The same table decides who may do what, draws the buttons, the timeline and the diagram of the docs.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, Literal, TypeVar

from edem.kernel.errors import Conflict, Invalid, NotAllowed

S = TypeVar("S", bound=StrEnum)
P = TypeVar("P", bound=StrEnum)

Tone = Literal["open", "accepted", "closed", "archive", "neutral", "warning"]
Shape = Literal["●", "◆", "■", "▢", "▲", "○"]

AUTHOR = "author"
CLOCK = "clock"


class Note(StrEnum):
    """Whether whoever makes the step writes why."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


@dataclass(frozen=True, kw_only=True)
class StateLook:
    """How a state is named and drawn. A shape and a word stand beside the colour for those who do not see it."""

    label: str
    tone: Tone
    shape: Shape
    final: bool = False
    public: bool = True
    comes_back: bool = False
    """An end that somebody may still take back, as a report from the archive."""


@dataclass(frozen=True, kw_only=True)
class Transition(Generic[S, P]):
    """One row of the table: who may make the step, from where to where, under which clause."""

    step: P
    sources: frozenset[S]
    target: S
    by: frozenset[str]
    label: str
    clause: str
    note: Note = Note.NONE
    starts: str | None = None


@dataclass(frozen=True)
class Lifecycle(Generic[S, P]):
    """The whole table. The first transition declared from a state is the one hoped for, unless `road` is given."""

    states: Mapping[S, StateLook]
    transitions: Sequence[Transition[S, P]]
    start: S
    road: Sequence[S] = field(default=(), kw_only=True)

    def look(self, state: S) -> StateLook:
        return self.states[state]

    def leaving(self, state: S) -> tuple[Transition[S, P], ...]:
        return tuple(each for each in self.transitions if state in each.sources)

    def steps_from(self, state: S, actors: Collection[str]) -> tuple[Transition[S, P], ...]:
        """The steps these actors may make now, in the order of the table: the buttons of the page."""
        return tuple(each for each in self.leaving(state) if not each.by.isdisjoint(actors))

    def transition(self, step: P, state: S) -> Transition[S, P]:
        for each in self.leaving(state):
            if each.step == step:
                return each
        raise Conflict("lifecycle.not_now", step=step.value, state=state.value)

    def target(self, step: P, state: S) -> S:
        return self.transition(step, state).target

    def check_may(self, step: P, state: S, actors: Collection[str]) -> None:
        """Whoever may never make this step hears so; whoever may, but not from this state, hears "not now"."""
        may_ever = any(each.step == step and not each.by.isdisjoint(actors) for each in self.transitions)
        if not may_ever:
            raise NotAllowed("lifecycle.not_allowed", step=step.value, state=state.value)
        if self.transition(step, state).by.isdisjoint(actors):
            raise NotAllowed("lifecycle.not_allowed", step=step.value, state=state.value)

    def check_note(self, step: P, state: S, note: str) -> None:
        required = self.transition(step, state).note is Note.REQUIRED
        if required and not note.strip():
            raise Invalid("lifecycle.note_required", step=step.value)

    def happy_road(self) -> tuple[S, ...]:
        """The states of an item for which all goes well: the timeline of the card."""
        return tuple(self.road) or tuple(self._hoped_for(self.start))

    def road_from(self, state: S) -> tuple[S, ...]:
        """What still lies ahead of an item, itself first; one that left the happy road goes its own way."""
        happy = self.happy_road()
        if state in happy:
            return happy[happy.index(state) :]
        ahead: list[S] = []
        for each in self._hoped_for(state):
            if each in happy:
                return (*ahead, *happy[happy.index(each) :])
            ahead.append(each)
        return tuple(ahead)

    def _hoped_for(self, state: S) -> Iterator[S]:
        seen: set[S] = set()
        here: S | None = state
        while here is not None:
            yield here
            seen.add(here)
            here = next((each.target for each in self.leaving(here) if each.target not in seen), None)
