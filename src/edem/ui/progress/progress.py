"""How far it is to the goal. The number is the hero; the bar is sewn stitch by stitch."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString

from edem.ui.pieces import piece

Number = int | float | Decimal


def percent(value: Number, goal: Number) -> int:
    """Full only when the goal is reached: 249 of 250 is 99."""
    if goal <= 0:
        return 100
    return max(0, min(100, int(100 * Decimal(value) / Decimal(goal))))


@dataclass(frozen=True, kw_only=True)
class Live:
    """Where a number that moves is told: the stream of events, the same once as JSON, and its name in both."""

    stream: str
    poll: str
    name: str
    state: str = ""
    """In which state the page was made: when another one is told, the page offers to be opened anew."""


def progress(content: str, *, value: int, goal: int, note: str = "", live: Live | None = None) -> SafeString:
    """The content is the words under the number («підписів із 250»), the note says when it was counted."""
    facts = {"content": content, "value": value, "goal": goal, "percent": percent(value, goal)}
    return piece("progress/progress", live=live, note=note, **facts)


def meter(value: Number, *, goal: Number, label: str) -> SafeString:
    """The bar alone, for a row of a list; the label is read aloud."""
    return piece("progress/meter", percent=percent(value, goal), label=label)
