"""Whom to write to about a petition."""

from collections.abc import Collection
from uuid import UUID

from edem.foundation.notices.hearing import followers_of as subscribers
from edem.foundation.people.models import RoleGrant
from edem.services.petitions.models import Petition
from edem.services.petitions.queries.subjects import subject_of
from edem.services.petitions.rules.lifecycle import RESPONSIBLE, State


def petition_told(petition_id: int) -> Petition | None:
    return Petition.objects.select_related("community").filter(pk=petition_id).order_by("pk").first()


def author_of(petition: Petition) -> list[UUID]:
    return [petition.author_id] if petition.author_id else []


def followers_of(petition: Petition) -> list[UUID]:
    return subscribers(subject_of(petition.pk), community=petition.community)


def staff_with(petition: Petition, roles: Collection[str]) -> list[UUID]:
    held = RoleGrant.objects.filter(community_id=petition.community_id, role__in=list(roles), ended_at__isnull=True)
    return list(held.order_by("person_id").values_list("person_id", flat=True).distinct())


def responsible_for(petition: Petition, state: State) -> list[UUID]:
    """The staff whose move it is in this state."""
    return staff_with(petition, RESPONSIBLE.get(state, frozenset()))
