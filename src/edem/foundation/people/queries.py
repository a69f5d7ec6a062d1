"""Reads about people and what they may do."""

import uuid
from typing import Final

from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from edem.foundation.people.models import Person, RoleGrant
from edem.foundation.people.roles import Role
from edem.foundation.single_rows import all_of

IN_FORCE = Q(ended_at=None) & (Q(until=None) | Q(until__gt=Now()))
"""By the database's clock: access in an emergency ends on its own, whether or not a job has come to say so."""

_ROLES_HELD: Final = """
SELECT role, community_id
  FROM people_rolegrant
 WHERE person_id = %s AND ended_at IS NULL AND (until IS NULL OR until > statement_timestamp())
"""
"""IN_FORCE, written out: each page of a signed-in person asks for it."""


def roles_of(who: Person | uuid.UUID | None, community_id: int | None) -> frozenset[str]:
    """The roles a person holds now in a community, the platform's own included."""
    if who is None:
        return frozenset()
    held = all_of(_ROLES_HELD, who.pk if isinstance(who, Person) else who)
    return frozenset(role for role, where in held if where is None or where == community_id)


def lasting_roles_of(who: Person, community_id: int | None) -> frozenset[str]:
    """Without what was taken for hours in an emergency: nobody hands such a role on, or judges by it."""
    held = RoleGrant.objects.filter(person=who, ended_at=None, until=None)
    here = held.filter(Q(community_id=None) | Q(community_id=community_id))
    return frozenset(here.order_by("pk").values_list("role", flat=True))


def holds_any_role(person: Person) -> bool:
    return RoleGrant.objects.filter(IN_FORCE, person=person).exists()


def holders_of(role: Role, *, community_id: int) -> QuerySet[Person]:
    """Everyone who holds the role in the community now."""
    grants = RoleGrant.objects.filter(IN_FORCE, role=role, community_id=community_id)
    people = Person.objects.filter(pk__in=grants.values("person_id"), is_active=True)
    return people.order_by("name_key", "pk")


def serves_only(person: Person, community_id: int | None) -> bool:
    """Whether the worker holds a role there and nowhere else."""
    places = (
        RoleGrant.objects.filter(person=person, ended_at=None).order_by("pk").values_list("community_id", flat=True)
    )
    return set(places) == {community_id}


def worker_with_login(login: str) -> Person | None:
    return Person.objects.filter(login=login, is_active=True).order_by("pk").first()


def grants_in(community_id: int) -> QuerySet[RoleGrant]:
    """Who holds what in the community, for its administrator."""
    grants = RoleGrant.objects.filter(IN_FORCE, community_id=community_id)
    return grants.select_related("person", "organisation", "granted_by").order_by("role", "person__name_key", "pk")


def communities_served_by(person: Person) -> list[int]:
    """The communities in which a worker holds a role."""
    grants = RoleGrant.objects.filter(IN_FORCE, person=person, community_id__isnull=False)
    return list(grants.order_by("community_id").values_list("community_id", flat=True).distinct())


def sample_staff() -> QuerySet[Person]:
    """Accounts with a login, with what each may do."""
    people = Person.objects.filter(login__isnull=False, is_active=True, grants__isnull=False).distinct()
    return people.prefetch_related(
        models.Prefetch("grants", RoleGrant.objects.filter(IN_FORCE).select_related("community"))
    ).order_by("name_key", "pk")
