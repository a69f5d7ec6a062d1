"""A change of the matrix before it is made: which reports of the last days would have gone elsewhere. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from edem.kernel.errors import Missing
from edem.kernel.geo.points import Point
from edem.services.reports.rules.matrix import Lineage, Rule, choose

LOOKED_BACK_DAYS: Final = 90


class Way(StrEnum):
    ADD = "add"
    CHANGE = "change"
    REMOVE = "remove"
    RAISE = "raise"
    LOWER = "lower"


@dataclass(frozen=True, kw_only=True)
class Case:
    """One report of the last days, as far as the matrix looks at it."""

    report_id: int
    number: int
    title: str
    lineages: tuple[Lineage, ...]
    point: Point | None


@dataclass(frozen=True, kw_only=True)
class Difference:
    case: Case
    before: int | None
    after: int | None
    """The main organisation; none: no rule fits, the control body has to send it by hand."""


@dataclass(frozen=True, kw_only=True)
class DryRun:
    looked_at: int
    differences: tuple[Difference, ...]

    @property
    def ways(self) -> list[tuple[int | None, int | None, int]]:
        """From whom to whom and how many, the most first."""
        counted = Counter((each.before, each.after) for each in self.differences)
        return [(before, after, count) for (before, after), count in counted.most_common()]


def changed(rules: Sequence[Rule], way: Way, rule_id: int | None, new: Rule | None = None) -> list[Rule]:
    """The matrix as it would be; a new rule comes where `rule_id` stands, at the end without one."""
    kept = list(rules)
    if way is Way.ADD:
        assert new is not None
        place = len(kept) if rule_id is None else _place(kept, rule_id)
        return [*kept[:place], new, *kept[place:]]
    place = _place(kept, rule_id)
    match way:
        case Way.CHANGE:
            assert new is not None
            kept[place] = new
        case Way.REMOVE:
            del kept[place]
        case Way.RAISE if place > 0:
            kept[place - 1], kept[place] = kept[place], kept[place - 1]
        case Way.LOWER if place < len(kept) - 1:
            kept[place + 1], kept[place] = kept[place], kept[place + 1]
    return kept


def dry_run(old: Sequence[Rule], new: Sequence[Rule], cases: Iterable[Case]) -> DryRun:
    looked_at, differences = 0, []
    for case in cases:
        looked_at += 1
        before = choose(old, case.lineages, case.point).main_id
        after = choose(new, case.lineages, case.point).main_id
        if before != after:
            differences.append(Difference(case=case, before=before, after=after))
    return DryRun(looked_at=looked_at, differences=tuple(differences))


def _place(rules: Sequence[Rule], rule_id: int | None) -> int:
    place = next((place for place, rule in enumerate(rules) if rule.id == rule_id), None)
    if place is None:
        raise Missing("report.matrix_rule_missing")
    return place
