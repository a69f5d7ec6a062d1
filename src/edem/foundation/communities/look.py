"""A community's look: its stylesheet of tokens, its ornament, and the verdict on a colour before it is chosen."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from edem.foundation.communities.models import Community
from edem.ui.contrast import LIGHT_GROUNDS, Accent, contrast, dark_accent, light_accent, tokens_css
from edem.ui.ornament import band

THREADS = ("#2346c7", "#c2453a")


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What becomes of a chosen colour: it stays when writing on it is readable, else it is deepened just enough."""

    chosen: str
    light: Accent
    dark: Accent
    ratio: float
    """The chosen colour's contrast on the page's paper; 4.5 is enough to read."""

    @property
    def stays(self) -> bool:
        return self.light.accent == self.chosen


def verdict_on(accent: str) -> Verdict:
    return Verdict(
        chosen=accent,
        light=light_accent(accent),
        dark=dark_accent(accent),
        ratio=contrast(accent, LIGHT_GROUNDS[0]),
    )


@lru_cache(maxsize=4096)
def look_css(accent: str) -> str:
    return tokens_css(accent)


@lru_cache(maxsize=4096)
def look_version(accent: str, katottg: str) -> str:
    """Part of the look's address: it is kept for a year by browsers and still changes at once."""
    return hashlib.sha256(f"{look_css(accent)} {katottg}".encode()).hexdigest()[:12]


def version_of(community: Community) -> str:
    return look_version(community.accent, community.katottg)


def ornament_svg(community: Community) -> str:
    """For pages of others and for documents, where our stylesheet does not reach: the colours are written in."""
    return band(community.katottg, threads=(light_accent(community.accent).accent, THREADS[1]))


def arms_fingerprint(community: Community) -> str:
    """The part of the file's name that changes with the picture; empty when there is none."""
    return (community.coat_of_arms.name or "").rpartition("-")[2].removesuffix(".png")
