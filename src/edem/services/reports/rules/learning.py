"""Learning from «не наше»: what one organisation keeps passing to another becomes a proposed rule. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, pi, radians, sin
from typing import Any, Final

from edem.kernel.geo.points import Point

LEAST_PASSES: Final = 3
MOSTLY: Final = 0.6
"""From this share on, the whole category goes to the other organisation."""
STRANGERS: Final = 0.2
"""An area may hold this share of reports that were not passed on."""
MARGIN_M: Final = 40
LEAST_PLACES: Final = 3
_METRES_A_DEGREE: Final = 111_320.0


@dataclass(frozen=True, kw_only=True)
class Held:
    """One report in one organisation's hands: kept, or passed on to another."""

    category: str
    organisation_id: int
    passed_to_id: int | None
    point: Point | None


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """«Дерева на цій вулиці → лісгосп»: what the proposal rests on is said with it."""

    category: str
    from_id: int
    to_id: int
    passed: int
    held: int
    area: dict[str, Any] | None
    """A GeoJSON polygon of one ring around the places; none: the whole category."""


def proposals(held: Iterable[Held]) -> list[Proposed]:
    """The most often passed first."""
    groups: dict[tuple[str, int], list[Held]] = defaultdict(list)
    for each in held:
        groups[each.category, each.organisation_id].append(each)
    found = [proposed for group in groups.values() for proposed in _of_group(group)]
    return sorted(found, key=lambda each: (-each.passed, each.category, each.to_id))


def _of_group(group: Sequence[Held]) -> list[Proposed]:
    by_addressee: dict[int, list[Held]] = defaultdict(list)
    for each in group:
        if each.passed_to_id is not None:
            by_addressee[each.passed_to_id].append(each)
    return [
        proposed
        for to_id, passed in by_addressee.items()
        if len(passed) >= LEAST_PASSES and (proposed := _proposed(group, passed, to_id))
    ]


def _proposed(group: Sequence[Held], passed: Sequence[Held], to_id: int) -> Proposed | None:
    first = passed[0]
    is_whole = len(passed) >= MOSTLY * len(group)
    ring = None if is_whole else _ring_of(group, passed)
    if not is_whole and ring is None:
        return None
    return Proposed(
        category=first.category,
        from_id=first.organisation_id,
        to_id=to_id,
        passed=len(passed),
        held=len(group),
        area=None if ring is None else {"type": "Polygon", "coordinates": [[[p.lon, p.lat] for p in ring]]},
    )


def _ring_of(group: Sequence[Held], passed: Sequence[Held]) -> list[Point] | None:
    """Around the places of what was passed on, if hardly anything else lies there."""
    places = [each.point for each in passed if each.point is not None]
    if len(places) < LEAST_PLACES:
        return None
    hull = convex_hull([near for place in places for near in _near(place)])
    others = [each for each in group if each.passed_to_id != passed[0].passed_to_id and each.point is not None]
    strangers = sum(is_inside(each.point, hull) for each in others if each.point)
    return [*hull, hull[0]] if strangers <= STRANGERS * len(places) else None


def _near(place: Point) -> list[Point]:
    """On the scale of a street the Earth is flat."""
    lat = MARGIN_M / _METRES_A_DEGREE
    lon = lat / max(cos(radians(place.lat)), 0.01)
    turns = [2 * pi * step / 8 for step in range(8)]
    return [Point(place.lat + lat * cos(turn), place.lon + lon * sin(turn)) for turn in turns]


def convex_hull(points: Iterable[Point]) -> list[Point]:
    """Andrew's monotone chain, counterclockwise, the first point not repeated."""
    ordered = sorted({(each.lon, each.lat) for each in points})
    if len(ordered) < LEAST_PLACES:
        return [Point(lat=lat, lon=lon) for lon, lat in ordered]
    chain = _half(ordered)[:-1] + _half(ordered[::-1])[:-1]
    return [Point(lat=lat, lon=lon) for lon, lat in chain]


def is_inside(point: Point, hull: Sequence[Point]) -> bool:
    """Of a convex, counterclockwise ring; its border counts as inside."""
    corners = [(each.lon, each.lat) for each in hull]
    here = (point.lon, point.lat)
    return all(_turn(one, other, here) >= 0 for one, other in zip(corners, [*corners[1:], corners[0]], strict=True))


def _half(ordered: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    chain: list[tuple[float, float]] = []
    for place in ordered:
        while len(chain) > 1 and _turn(chain[-2], chain[-1], place) <= 0:
            chain.pop()
        chain.append(place)
    return chain


def _turn(one: tuple[float, float], other: tuple[float, float], third: tuple[float, float]) -> float:
    return (other[0] - one[0]) * (third[1] - one[1]) - (other[1] - one[1]) * (third[0] - one[0])
