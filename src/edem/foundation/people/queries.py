"""Reads about people and what they may do."""

import uuid

from edem.foundation.people.models import RoleGrant


def roles_of(person_id: uuid.UUID | None, community_id: int | None) -> frozenset[str]:
    """The roles a person holds now in a community, the platform's own included."""
    if person_id is None:
        return frozenset()
    held = RoleGrant.objects.filter(person_id=person_id, ended_at__isnull=True)
    return frozenset(
        role
        for role, where in held.order_by("pk").values_list("role", "community_id")
        if where is None or where == community_id
    )
