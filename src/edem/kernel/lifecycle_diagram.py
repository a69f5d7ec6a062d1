"""A lifecycle drawn as a Mermaid state diagram."""

from collections.abc import Iterator
from enum import StrEnum
from typing import TypeVar

from edem.kernel.lifecycle import Lifecycle

S = TypeVar("S", bound=StrEnum)
P = TypeVar("P", bound=StrEnum)


def diagram_of(lifecycle: Lifecycle[S, P]) -> str:
    return "\n".join(_lines(lifecycle)) + "\n"


def _lines(lifecycle: Lifecycle[S, P]) -> Iterator[str]:
    yield "stateDiagram-v2"
    for state, look in lifecycle.states.items():
        yield f'    state "{look.shape} {_plain(look.label)}" as {_id(state)}'
    yield f"    [*] --> {_id(lifecycle.start)}"
    for each in lifecycle.transitions:
        who = ", ".join(sorted(each.by))
        for source in (state for state in lifecycle.states if state in each.sources):
            yield f"    {_id(source)} --> {_id(each.target)}: {_plain(each.label)} ({_plain(who)})"
    for state, look in lifecycle.states.items():
        if look.final:
            yield f"    {_id(state)} --> [*]"


def _id(state: StrEnum) -> str:
    # The prefix keeps Mermaid's own words (end, state, note, direction) out of the ids.
    return "s_" + "".join(char if char.isalnum() and char.isascii() else "_" for char in state.value)


def _plain(words: str) -> str:
    """Mermaid reads quotes, colons, semicolons and line breaks as its own signs."""
    return " ".join(words.translate({ord('"'): "ʺ", ord(":"): " –", ord(";"): ",", ord("#"): "№"}).split())
