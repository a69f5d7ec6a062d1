"""Reads about communities and their charters."""

from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from edem.foundation.communities.models import CharterVersion, Community, District, Organisation
from edem.foundation.single_rows import SingleRow
from edem.kernel.errors import Missing

_IN_FORCE: Final = SingleRow(
    CharterVersion,
    "community_id = %s AND service = %s AND in_force_from <= %s",
    order="in_force_from DESC, version DESC",
)


def charter_in_force(community_id: int, service: str, *, now: datetime) -> CharterVersion:
    """The latest version that has come into force by `now`; Missing when the council adopted none."""
    latest = _IN_FORCE.find(community_id, service, now)
    if latest is None:
        raise Missing("charter.none_in_force", service=service)
    return latest


def charter_versions(community_id: int, service: str) -> QuerySet[CharterVersion]:
    """All versions, the last adopted first; one to come is among them."""
    return CharterVersion.objects.filter(community_id=community_id, service=service).order_by("-version")


def services_with_charter(community_id: int, *, now: datetime) -> frozenset[str]:
    """The services for which the council's rules are already in force."""
    versions = CharterVersion.objects.filter(community_id=community_id, in_force_from__lte=now)
    return frozenset(versions.order_by("service").values_list("service", flat=True).distinct())


def community_as_saved(community_id: int) -> Community:
    """The row itself: the one on the request may come from a memory that is a moment old."""
    return Community.objects.order_by("pk").get(pk=community_id)


def districts_of(community_id: int) -> QuerySet[District]:
    return District.objects.filter(community_id=community_id).order_by("position", "pk")


def organisations_of(community_id: int) -> QuerySet[Organisation]:
    """Those that work now first; the closed ones stay in sight after them."""
    everyone = Organisation.objects.filter(community_id=community_id)
    return everyone.order_by("closed_at", "name_key", "name", "pk")
