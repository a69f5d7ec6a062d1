"""What can be wrong with a lifecycle's table, each fault as a sentence for the engineer; no service may have any."""

from collections.abc import Collection, Iterator
from enum import StrEnum
from itertools import pairwise
from typing import TypeVar

from edem.kernel.lifecycle import Lifecycle

S = TypeVar("S", bound=StrEnum)
P = TypeVar("P", bound=StrEnum)


def faults_of(lifecycle: Lifecycle[S, P]) -> list[str]:
    unknown = list(_unknown_states(lifecycle))
    if unknown:
        return unknown  # the other questions have no answer over a table with holes
    return [
        *_states_out_of_reach(lifecycle),
        *_states_without_a_way_out(lifecycle),
        *_faulty_transitions(lifecycle),
        *_ambiguous_steps(lifecycle),
        *_unused_steps(lifecycle),
        *_clock_circles(lifecycle),
        *_broken_road(lifecycle),
    ]


def _unknown_states(lifecycle: Lifecycle[S, P]) -> Iterator[str]:
    named = {lifecycle.start, *lifecycle.road, *type(lifecycle.start)}
    for each in lifecycle.transitions:
        named |= {each.target, *each.sources}
    for state in sorted(named - set(lifecycle.states)):
        yield f"state {state} has no look"


def _states_out_of_reach(lifecycle: Lifecycle[S, P]) -> Iterator[str]:
    reached = _reached_from(lifecycle, lifecycle.start)
    for state in lifecycle.states:
        if state not in reached:
            yield f"state {state} cannot be reached from {lifecycle.start}"


def _states_without_a_way_out(lifecycle: Lifecycle[S, P]) -> Iterator[str]:
    finals = {state for state, look in lifecycle.states.items() if look.final}
    for state in lifecycle.states:
        leaving = lifecycle.leaving(state)
        if state in finals and leaving and not lifecycle.states[state].comes_back:
            yield f"state {state} is final, yet {leaving[0].step} leads out of it"
        elif state not in finals and not leaving:
            yield f"state {state} has no way out and is not final"
        elif finals.isdisjoint(_reached_from(lifecycle, state)):
            yield f"state {state} never comes to a final state"


def _faulty_transitions(lifecycle: Lifecycle[S, P]) -> Iterator[str]:
    for each in lifecycle.transitions:
        if not each.by:
            yield f"step {each.step} has no audience"
        if not each.sources:
            yield f"step {each.step} starts nowhere"
        if not each.label.strip():
            yield f"step {each.step} has no label"
        if not each.clause.strip():
            yield f"step {each.step} names no clause"


def _ambiguous_steps(lifecycle: Lifecycle[S, P]) -> Iterator[str]:
    for state in lifecycle.states:
        steps = [each.step for each in lifecycle.leaving(state)]
        for step in sorted({step for step in steps if steps.count(step) > 1}):
            yield f"step {step} leads from {state} to two places"


def _unused_steps(lifecycle: Lifecycle[S, P]) -> Iterator[str]:
    if lifecycle.transitions:
        used = {each.step for each in lifecycle.transitions}
        for step in type(lifecycle.transitions[0].step):
            if step not in used:
                yield f"step {step} is in no transition"


def _clock_circles(lifecycle: Lifecycle[S, P]) -> Iterator[str]:
    """A circle that the clock alone can run would never stand still."""
    for state in lifecycle.states:
        if state in _reached_after(lifecycle, state, by={"clock"}):
            yield f"the clock alone can lead from {state} back to {state}"


def _broken_road(lifecycle: Lifecycle[S, P]) -> Iterator[str]:
    road = lifecycle.happy_road()
    if road[0] != lifecycle.start:
        yield f"the happy road starts at {road[0]}, not at {lifecycle.start}"
    for here, there in pairwise(road):
        if all(each.target != there for each in lifecycle.leaving(here)):
            yield f"the happy road jumps from {here} to {there}"
    if not lifecycle.states[road[-1]].final:
        yield f"the happy road ends at {road[-1]}, which is not final"


def _reached_from(lifecycle: Lifecycle[S, P], state: S) -> set[S]:
    return {state} | _reached_after(lifecycle, state)


def _reached_after(lifecycle: Lifecycle[S, P], state: S, *, by: Collection[str] | None = None) -> set[S]:
    reached: set[S] = set()
    ahead = [state]
    while ahead:
        for each in lifecycle.leaving(ahead.pop()):
            if each.target not in reached and (by is None or each.by <= set(by)):
                reached.add(each.target)
                ahead.append(each.target)
    return reached
