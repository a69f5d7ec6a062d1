"""The matrix (the act, §3.6): category × area → organisations. The first rule that fits wins. Pure."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from edem.kernel.geo.points import Point

PIN_ERROR_M: Final = 10
"""How far a finger misses on a map; a device says its own error."""
WIDEST_ERROR_M: Final = 250
"""A fix worse than this says only in which part of the town it was; asking about every border would tire people."""


class Polygon(Protocol):
    def contains(self, point: Point, /) -> bool: ...
    def border_m(self, point: Point, /) -> float: ...


@dataclass(frozen=True, kw_only=True)
class Target:
    organisation_id: int
    is_main: bool = False
    substitute_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Rule:
    id: int
    category: str | None
    """Of any level, with everything under it; none: all of them."""
    area: Polygon | None
    targets: tuple[Target, ...]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Where a report goes; without targets no rule fits it."""

    targets: tuple[Target, ...] = ()

    @property
    def main(self) -> Target | None:
        return next((each for each in self.targets if each.is_main), None)

    @property
    def main_id(self) -> int | None:
        return self.main.organisation_id if self.main else None


Lineage = tuple[str, ...]
"""A category's code and those above it."""


def choose(rules: Sequence[Rule], lineages: Sequence[Lineage], point: Point | None) -> Choice:
    """Each category finds its first rule; the main category's names the main organisation, the others' help."""
    found: dict[int, Target] = {}
    for lineage in lineages or [()]:
        rule = first_fitting(rules, lineage, point)
        for target in _in_order(rule.targets) if rule else ():
            found.setdefault(target.organisation_id, target)
    return Choice(targets=tuple(_with_one_main(found.values())))


def first_fitting(rules: Iterable[Rule], lineage: Collection[str], point: Point | None) -> Rule | None:
    return next((rule for rule in rules if fits(rule, lineage, point)), None)


def fits(rule: Rule, lineage: Collection[str], point: Point | None) -> bool:
    """A report without a place fits no rule that has an area."""
    if rule.category is not None and rule.category not in lineage:
        return False
    return rule.area is None or (point is not None and rule.area.contains(point))


def neighbours_of(
    rules: Sequence[Rule], lineages: Sequence[Lineage], point: Point, *, accuracy_m: int | None
) -> tuple[int, ...]:
    """The other main organisations that it might be for, were the pin off by as much as its device admits."""
    here = choose(rules, lineages, point).main_id
    reach = min(accuracy_m if accuracy_m is not None else PIN_ERROR_M, WIDEST_ERROR_M)
    lineage = lineages[0] if lineages else ()
    others = [_main_of(rule) for rule in _possible(rules, lineage, point, reach=reach)]
    return tuple(dict.fromkeys(each for each in others if each is not None and each != here))


def _possible(rules: Iterable[Rule], lineage: Collection[str], point: Point, *, reach: float) -> Iterator[Rule]:
    """Every rule that would be the first to fit somewhere within reach of the pin."""
    for rule in rules:
        if rule.category is not None and rule.category not in lineage:
            continue
        if rule.area is None:
            yield rule
            return
        is_near = rule.area.border_m(point) <= reach
        is_inside = rule.area.contains(point)
        if is_near or is_inside:
            yield rule
        if is_inside and not is_near:
            return


def _main_of(rule: Rule) -> int | None:
    return next((each.organisation_id for each in _in_order(rule.targets)), None)


def _in_order(targets: Iterable[Target]) -> list[Target]:
    return sorted(targets, key=lambda each: not each.is_main)


def _with_one_main(targets: Iterable[Target]) -> list[Target]:
    return [
        Target(organisation_id=each.organisation_id, is_main=place == 0, substitute_id=each.substitute_id)
        for place, each in enumerate(targets)
    ]
