"""What the filters offer: the community's categories as a tree, and the organisations that take reports."""

from django.db.models import QuerySet

from edem.foundation.communities.models import Community, Organisation
from edem.services.reports.models import Category
from edem.services.reports.queries.categories import categories_of, categories_offered

Choices = list[tuple[str, str]]
_STEP = "\u2003"


def category_choices(community: Community) -> Choices:
    """Those switched off too: their reports are still there."""
    return as_a_tree(categories_of(community))


def categories_to_put_under(community: Community) -> Choices:
    return as_a_tree(categories_offered(community))


def as_a_tree(found: QuerySet[Category]) -> Choices:
    return [(code, f"{_STEP * code.count('.')}{title}") for code, title in found.values_list("code", "title")]


def organisation_choices(community: Community) -> Choices:
    found = Organisation.objects.filter(community=community).order_by("name_key", "name", "pk")
    return [(str(pk), name) for pk, name in found.values_list("pk", "name")]
