"""Whether two reports are of the same thing: place, category, age, words and photos, as one number from 0 to 1. Pure.

The weights and bands were set on real potholes, `docs/duplicates.md` has the figures.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import exp, hypot, sqrt
from typing import Final

from edem.kernel.geo.points import Point, distance_m

WORDS_WEIGHT: Final = 0.35
PHOTO_WEIGHT: Final = 0.5
OFFER_FROM: Final = 0.3
FLAG_FROM: Final = 0.15
MOST_OFFERED: Final = 3
BESIDE_THE_BEST: Final = 0.6
"""What is much less alike than the best is not offered beside it."""

SAME, KIN, BRANCH, STRANGE = 1.0, 0.8, 0.5, 0.1
"""One category; one within or beside the other; one direction; nothing in common."""

SAME_PHOTO: Final = 10
CHANCE_PHOTO: Final = 20
"""Bits of 64 that differ: up to ten it is the same photo, from twenty on it says nothing."""

FADES_WITHIN: Final = 0.1
"""Of the window: past it likeness is halved by every such part. What comes again at the place later is a new thing."""
REMEMBERED: Final = 1.55
"""Windows: whatever is older reaches not even the lower band, with the same photo and the same words together."""

MOST_RADIUS_M: Final = 500.0
_FAR: Final = 2.2
_OTHER_ERROR_M: Final = 15.0
"""What the position of the earlier report is taken to miss by."""
_USUAL_ERROR_M: Final = 100.0
"""A phone that knows its place no better than this helps nobody: its owner moves the pin."""


class Band(StrEnum):
    OFFER = "offer"
    """«Це воно»: the writer is asked to join it."""
    FLAG = "flag"
    """A moderator looks."""
    IGNORE = "ignore"


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """How far apart and for how long reports of a category are of the same thing."""

    scale_m: float
    window: timedelta


@dataclass(frozen=True, kw_only=True)
class Sight:
    """What is compared of a report."""

    point: Point | None
    accuracy_m: float | None = None
    categories: Sequence[str] = ()
    at: datetime
    words: frozenset[str] = frozenset()
    """Lemmas, without those that every report of the category has."""
    photos: Sequence[int] = ()


def score(one: Sight, other: Sight, likeness: Likeness) -> float:
    """Distance × category × age, and on top of it what words and photos say."""
    near = nearness(one, other, likeness)
    found = near * relation(one.categories, other.categories) * freshness(one.at, other.at, likeness)
    # Words and photos are evidence about things that may be one; far away or long ago they are coincidence.
    telling = sqrt(found)
    found += telling * (WORDS_WEIGHT * shared_words(one, other) + PHOTO_WEIGHT * same_photo(one, other))
    return min(1.0, found)


def band_of(found: float) -> Band:
    if found >= OFFER_FROM:
        return Band.OFFER
    return Band.FLAG if found >= FLAG_FROM else Band.IGNORE


def nearness(one: Sight, other: Sight, likeness: Likeness) -> float:
    """Gaussian; a report without a place is near nothing."""
    if one.point is None or other.point is None:
        return 0.0
    return exp(-0.5 * (distance_m(one.point, other.point) / spread_m(one, other, likeness)) ** 2)


def spread_m(one: Sight, other: Sight, likeness: Likeness) -> float:
    return hypot(likeness.scale_m, *(min(each.accuracy_m or 0.0, _USUAL_ERROR_M) for each in (one, other)))


def radius_m(accuracy_m: float | None, scale_m: float) -> float:
    """Whatever lies beyond reaches even the lower band only by the same photo and the same words together."""
    return min(MOST_RADIUS_M, _FAR * hypot(scale_m, min(accuracy_m or 0.0, _USUAL_ERROR_M), _OTHER_ERROR_M))


def relation(ones: Sequence[str], others: Sequence[str]) -> float:
    """Of the nearest pair: people choose several categories, and not the same as their neighbours."""
    return max((_relation(one, other) for one in ones for other in others), default=STRANGE)


def _relation(one: str, other: str) -> float:
    if one == other:
        return SAME
    a, b = one.split("."), other.split(".")
    shared = next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    if shared == 0:
        return STRANGE
    is_within = shared == min(len(a), len(b))
    are_beside = shared == len(a) - 1 == len(b) - 1 and shared > 1
    return KIN if is_within or are_beside else BRANCH


def freshness(one: datetime, other: datetime, likeness: Likeness) -> float:
    """One within the category's window; after it, soon nothing."""
    age = abs(one - other)
    if age <= likeness.window:
        return 1.0
    return float(0.5 ** ((age - likeness.window) / (FADES_WITHIN * likeness.window)))


def shared_words(one: Sight, other: Sight) -> float:
    """Of the shorter text, so that «яма» and a long complaint about the same pit still meet."""
    fewest = min(len(one.words), len(other.words))
    return len(one.words & other.words) / fewest if fewest else 0.0


def same_photo(one: Sight, other: Sight) -> float:
    bits = min((difference(a, b) for a in one.photos for b in other.photos), default=CHANCE_PHOTO)
    return min(1.0, max(0.0, (CHANCE_PHOTO - bits) / (CHANCE_PHOTO - SAME_PHOTO)))


def offered(found: Sequence[tuple[float, int]]) -> list[int]:
    """Of `ranked`: the few that the writer is asked about."""
    best = found[0][0] if found else 0.0
    fit = [key for sure, key in found if band_of(sure) is Band.OFFER and sure >= BESIDE_THE_BEST * best]
    return fit[:MOST_OFFERED]


def difference(one: int, other: int) -> int:
    return ((one ^ other) & 0xFFFF_FFFF_FFFF_FFFF).bit_count()


def ranked(new: Sight, known: Iterable[tuple[int, Sight]], likeness: Likeness) -> list[tuple[float, int]]:
    """The most alike first; those that are to be ignored are left out."""
    found = [(score(new, sight, likeness), key) for key, sight in known]
    return sorted((each for each in found if each[0] >= FLAG_FROM), key=lambda each: (-each[0], each[1]))
