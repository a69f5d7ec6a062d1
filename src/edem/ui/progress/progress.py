"""How far it is to the goal. The number is the hero; the bar is sewn stitch by stitch."""

from decimal import Decimal

from django.utils.safestring import SafeString

from edem.ui.pieces import piece

Number = int | float | Decimal


def percent(value: Number, goal: Number) -> int:
    """Full only when the goal is reached: 249 of 250 is 99."""
    if goal <= 0:
        return 100
    return max(0, min(100, int(100 * value / goal)))


def progress(content: str, *, value: int, goal: int, live: str = "", name: str = "", note: str = "") -> SafeString:
    """The content is the words under the number («підписів із 250»); `live` is the address of its event stream
    and `name` the counter's name in it."""
    facts = {"content": content, "value": value, "goal": goal, "percent": percent(value, goal)}
    return piece("progress/progress", live=live, name=name, note=note, **facts)


def meter(value: Number, *, goal: Number, label: str) -> SafeString:
    """The bar alone, for a row of a list; the label is read aloud."""
    return piece("progress/meter", percent=percent(value, goal), label=label)
