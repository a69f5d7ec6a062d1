"""The tree of categories as a page shows it: directions that open, what was found, what the words speak of."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from edem.services.reports.rules.suggesting import Named
from edem.services.reports.rules.tree import SEPARATOR, lineage


@dataclass(frozen=True, kw_only=True)
class Leaf:
    code: str
    title: str
    way: str
    """«Міське господарство › Тверді побутові відходи»: what it lies under."""
    words: str
    is_chosen: bool


@dataclass(frozen=True, kw_only=True)
class Twig:
    """A direction with everything under it."""

    title: str
    leaves: Sequence[Leaf]
    is_open: bool


@dataclass(frozen=True, kw_only=True)
class Tree:
    likely: Sequence[Leaf]
    found: Sequence[Leaf] | None
    """None when nothing was searched for."""
    directions: Sequence[Twig]


def tree_shown(
    offered: Sequence[Named], *, chosen: Collection[str], likely: Sequence[str], found: Sequence[str] | None
) -> Tree:
    """A category stands once: what is likely is not repeated in its direction, or one tick would hide another."""
    titles = {each.code: each.title for each in offered}
    leaves = {each.code: _leaf(each, titles, chosen) for each in offered}
    first = [leaves[code] for code in dict.fromkeys((*chosen, *likely)) if code in leaves] if found is None else []
    if found is not None:
        kept = dict.fromkeys((*found, *chosen))
        return Tree(likely=(), found=[leaves[code] for code in kept if code in leaves], directions=())
    above = {leaf.code for leaf in first}
    directions = [
        Twig(title=leaves[code].title, leaves=under, is_open=False)
        for code in leaves
        if SEPARATOR not in code
        and (under := [leaf for leaf in leaves.values() if lineage(leaf.code)[-1] == code and leaf.code not in above])
    ]
    return Tree(likely=first, found=None, directions=directions)


def _leaf(category: Named, titles: dict[str, str], chosen: Collection[str]) -> Leaf:
    way = [titles[code] for code in reversed(lineage(category.code)[1:]) if code in titles]
    return Leaf(
        code=category.code,
        title=category.title,
        way=" › ".join(way),
        words=category.words,
        is_chosen=category.code in chosen,
    )
