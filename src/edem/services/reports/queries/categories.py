"""The community's categories: the tree, and the ones a sender may choose."""

from collections.abc import Mapping, Sequence

from django.db.models import QuerySet

from edem.foundation.communities.models import Community
from edem.kernel.errors import Invalid, Missing
from edem.services.reports.models import Category
from edem.services.reports.rules.tree import lineage


def categories_of(community: Community) -> QuerySet[Category]:
    """All of them, in their order; those switched off too."""
    return Category.objects.filter(community=community).order_by("position", "pk")


def categories_offered(community: Community) -> QuerySet[Category]:
    return categories_of(community).filter(is_active=True)


def category_in(community: Community, category_id: int) -> Category:
    found = categories_of(community).filter(pk=category_id).first()
    if found is None:
        raise Missing("report.no_such_category")
    return found


def categories_chosen(community_id: int, codes: Sequence[str]) -> Sequence[Category]:
    """In the order chosen; one that is unknown or switched off is refused."""
    found = Category.objects.filter(community_id=community_id, code__in=codes, is_active=True)
    known = {each.code: each for each in found.order_by("pk")}
    if set(codes) - set(known):
        raise Invalid("report.unknown_category", field="categories")
    return [known[code] for code in codes]


def titles_of(community_id: int) -> Mapping[str, str]:
    """Code → title."""
    found = Category.objects.filter(community_id=community_id).order_by("pk")
    return dict(found.values_list("code", "title"))


def trail_of(titles: Mapping[str, str], code: str) -> Sequence[str]:
    """The titles from the direction down to the category itself."""
    return [titles[each] for each in reversed(lineage(code)) if each in titles]
