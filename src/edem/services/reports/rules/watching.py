"""What a resident may watch on the map, and how streets are compared. Pure."""

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from edem.kernel.ukrainian import N_, normalise


class Watched(StrEnum):
    CIRCLE = "circle"
    STREET = "street"


RADII: Final = {
    250: N_("250 м — мій двір"),
    500: N_("500 м — мій квартал"),
    1_000: N_("1 км"),
    2_000: N_("2 км"),
    5_000: N_("5 км"),
}
"""A few, so that whoever watches a place is found by an index; in metres."""
MOST_RADIUS_M: Final = max(RADII)

_WORDS: Final = re.compile(r"[\w'ʼ’-]+")
_NUMBER: Final = re.compile(r"\d+\w?")


@dataclass(frozen=True)
class _Spoken:
    kinds: frozenset[str]
    settlements: frozenset[str]
    inside: frozenset[str]


@cache
def _spoken() -> _Spoken:
    """Words that are not the street's own name."""
    lists = tomllib.loads(Path(__file__).with_name("streets.toml").read_text(encoding="utf-8"))
    return _Spoken(*(frozenset(lists[name]) for name in ("kinds", "settlements", "inside")))


def street_key(text: str) -> str:
    """The same for a street and for any address on it; empty when no street is named."""
    spoken = _spoken()
    for part in text.split(","):
        words = _WORDS.findall(normalise(part).casefold())
        if len(words) > 1 and words[0] in spoken.settlements:
            continue
        named = [word for word in words if word not in spoken.kinds]
        while named and (_NUMBER.fullmatch(named[-1]) or named[-1] in spoken.inside):
            named.pop()
        if named and (len(named) > 1 or not _NUMBER.fullmatch(named[0])):
            return " ".join(named)
    return ""


def street_shown(address: str) -> str:
    """Up to its house: «вул. Садова, 7, біля арки» → «вул. Садова»."""
    spoken, parts = _spoken(), address.split(",")
    for place, part in enumerate(parts[1:], start=1):
        words = _WORDS.findall(normalise(part).casefold())
        if words and (_NUMBER.fullmatch(words[0]) or words[0] in spoken.inside):
            return ",".join(parts[:place]).strip()
    return address.strip()
