"""The text of a petition: what it must have, how long it may be, and what must never get in."""

import re
from dataclasses import dataclass
from typing import Final

from edem.kernel.errors import Invalid

TITLE_MAX: Final = 150
TITLE_MIN: Final = 10
ESSENCE_MAX: Final = 5_000
ESSENCE_MIN: Final = 50
DEMAND_MAX: Final = 1_000

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile(r"[ \t\u00a0]+")


@dataclass(frozen=True, kw_only=True)
class Text:
    """What the author writes."""

    title: str
    essence: str
    demand: str


def tidy_line(text: str) -> str:
    """One line without control signs: they forge what a reader sees."""
    return _SPACES.sub(" ", _CONTROL.sub("", text).replace("\r", " ").replace("\n", " ")).strip()


def tidy_paragraphs(text: str) -> str:
    lines = [_SPACES.sub(" ", line).rstrip() for line in _CONTROL.sub("", text).replace("\r\n", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def tidy(text: Text) -> Text:
    return Text(
        title=tidy_line(text.title),
        essence=tidy_paragraphs(text.essence),
        demand=tidy_paragraphs(text.demand),
    )


def check_complete(text: Text) -> None:
    """A draft may be anything; what is submitted must have a title, an essence and a demand (Art. 23-1)."""
    if not TITLE_MIN <= len(text.title) <= TITLE_MAX:
        raise Invalid("petition.title_length", least=TITLE_MIN, most=TITLE_MAX)
    if not ESSENCE_MIN <= len(text.essence) <= ESSENCE_MAX:
        raise Invalid("petition.essence_length", least=ESSENCE_MIN, most=ESSENCE_MAX)
    if not 1 <= len(text.demand) <= DEMAND_MAX:
        raise Invalid("petition.demand_length", most=DEMAND_MAX)
