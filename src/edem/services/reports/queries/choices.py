"""What the filters offer: the community's categories as a tree, and the organisations that take reports."""

from edem.foundation.communities.models import Community, Organisation
from edem.services.reports.queries.categories import categories_of

Choices = list[tuple[str, str]]
_STEP = "\u2003"


def category_choices(community: Community) -> Choices:
    """Those switched off too: their reports are still there."""
    found = categories_of(community).values_list("code", "title")
    return [(code, f"{_STEP * code.count('.')}{title}") for code, title in found]


def organisation_choices(community: Community) -> Choices:
    found = Organisation.objects.filter(community=community).order_by("name_key", "name", "pk")
    return [(str(pk), name) for pk, name in found.values_list("pk", "name")]
