"""Reads of the matrix: its rules ready to choose by, and as its administrators see them."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Prefetch

from edem.foundation.communities.models import Organisation
from edem.kernel.geo.areas import Area, area_from_geojson
from edem.kernel.geo.points import Point
from edem.services.reports.models import Category, MatrixRule, MatrixTarget
from edem.services.reports.rules.matrix import Choice, Lineage, Rule, Target, choose, neighbours_of
from edem.services.reports.rules.tree import lineage


@dataclass(frozen=True, kw_only=True)
class MatrixLine:
    """One rule as people read it."""

    rule: MatrixRule
    place: int
    main: str
    helpers: tuple[str, ...]
    substitute: str
    km2: float | None
    is_first: bool
    is_last: bool


@dataclass(frozen=True, kw_only=True)
class BorderWarning:
    """The pin lies within its own error of another owner's area: ask before sending."""

    chosen: str
    others: tuple[str, ...]


def rules_of(community_id: int) -> list[Rule]:
    """In their order. An organisation that has ended gets nothing new: its substitute does, while it works."""
    return [
        Rule(
            id=each.pk,
            category=each.category.code if each.category else None,
            area=area_of(each.area),
            targets=tuple(_open_targets(each.targets.all())),
        )
        for each in _lines(community_id)
    ]


def lineages_of(codes: Iterable[str]) -> tuple[Lineage, ...]:
    return tuple(tuple(lineage(code)) for code in codes)


def choice_for(community_id: int, codes: Sequence[str], point: Point | None) -> Choice:
    """Where a report with these categories, the main one first, goes from this place."""
    return choose(rules_of(community_id), lineages_of(codes), point)


def border_warning(
    community_id: int, codes: Sequence[str], point: Point | None, *, accuracy_m: int | None
) -> BorderWarning | None:
    if point is None:
        return None
    rules, lineages = rules_of(community_id), lineages_of(codes)
    others = neighbours_of(rules, lineages, point, accuracy_m=accuracy_m)
    if not others:
        return None
    names = names_of(community_id)
    chosen = choose(rules, lineages, point).main_id
    return BorderWarning(
        chosen=names.get(chosen, "") if chosen else "", others=tuple(names[each] for each in others if each in names)
    )


def matrix_lines(community_id: int) -> list[MatrixLine]:
    rows = list(_lines(community_id))
    return [_line(row, place, last=len(rows)) for place, row in enumerate(rows, start=1)]


def uncovered(community_id: int) -> list[str]:
    """Titles of the top categories from which a report without a place would go nowhere."""
    rules = rules_of(community_id)
    tops = Category.objects.filter(community_id=community_id, parent=None, is_active=True).order_by("position", "pk")
    return [
        f"{code}. {title}"
        for code, title in tops.values_list("code", "title")
        if choose(rules, lineages_of([code]), None).main_id is None
    ]


def matrix_digest(community_id: int) -> str:
    """Two administrators who look at one matrix see one digest; whoever saves a change of another one hears of it."""
    seen = [
        [row.pk, row.position, row.category_id, row.area, row.note]
        + [[each.organisation_id, each.is_main, each.substitute_id] for each in row.targets.all()]
        for row in _lines(community_id)
    ]
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()


def names_of(community_id: int) -> dict[int, str]:
    return dict(Organisation.objects.filter(community_id=community_id).order_by("pk").values_list("pk", "name"))


def open_organisations(community_id: int) -> list[tuple[int, str]]:
    found = Organisation.objects.filter(community_id=community_id, closed_at=None).order_by("name_key", "pk")
    return list(found.values_list("pk", "name"))


def category_choices(community_id: int) -> list[tuple[str, str]]:
    """In the order of the tree, each with its number: «2.1.1. Сміття»."""
    found = Category.objects.filter(community_id=community_id).order_by("position", "pk").values_list("code", "title")
    return [(code, f"{code}. {title}") for code, title in found]


def area_of(value: object) -> Area | None:
    return None if value is None else _parsed(json.dumps(value, sort_keys=True))


def _lines(community_id: int) -> Iterable[MatrixRule]:
    targets = MatrixTarget.objects.select_related("organisation", "substitute").order_by("-is_main", "pk")
    rows = MatrixRule.objects.filter(community_id=community_id).select_related("category")
    return rows.prefetch_related(Prefetch("targets", targets)).order_by("position", "pk")


def _line(row: MatrixRule, place: int, *, last: int) -> MatrixLine:
    targets = list(row.targets.all())
    area = area_of(row.area)
    substitutes = [each.substitute.name for each in targets if each.substitute]
    return MatrixLine(
        rule=row,
        place=place,
        main=next((each.organisation.name for each in targets if each.is_main), ""),
        helpers=tuple(each.organisation.name for each in targets if not each.is_main),
        substitute=substitutes[0] if substitutes else "",
        km2=area.km2() if area else None,
        is_first=place == 1,
        is_last=place == last,
    )


def _open_targets(targets: Iterable[MatrixTarget]) -> Iterable[Target]:
    for each in targets:
        if each.organisation.closed_at is None:
            yield Target(organisation_id=each.organisation_id, is_main=each.is_main, substitute_id=each.substitute_id)
        elif each.substitute is not None and each.substitute.closed_at is None:
            yield Target(organisation_id=each.substitute.pk, is_main=each.is_main)


@lru_cache(maxsize=256)
def _parsed(text: str) -> Area:
    """Borders of towns have thousands of corners; each process checks one text once."""
    return area_from_geojson(json.loads(text))
