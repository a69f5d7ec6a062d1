"""The community gets the act's tree (§3.5) when it begins, and edits it afterwards as its own."""

from django.db import transaction

from edem.services.reports.models import Category
from edem.services.reports.rules.tree import Branch, tree_of_the_act


@transaction.atomic
def plant_categories(community_id: int) -> None:
    """Plant the act's tree where none grows; part of the transaction that switches the service on."""
    if Category.objects.filter(community_id=community_id).exists():
        return
    planted: dict[str, Category] = {}
    for level in range(1, 4):
        branches = [(position, branch) for position, branch in enumerate(tree_of_the_act()) if branch.level == level]
        rows = [category_of(branch, community_id, position, planted) for position, branch in branches]
        planted |= {row.code: row for row in Category.objects.bulk_create(rows)}


def category_of(branch: Branch, community_id: int, position: int, planted: dict[str, Category]) -> Category:
    return Category(
        community_id=community_id,
        code=branch.code,
        parent=planted.get(branch.parent_code),
        title=branch.title,
        position=position,
        words=branch.words,
        scale_m=branch.scale_m,
        window_hours=branch.window_hours,
        photo_required_on_closing=branch.photo_required_on_closing,
    )
