"""Reads about communities and their charters."""

from datetime import datetime

from edem.foundation.communities.models import CharterVersion
from edem.kernel.errors import Missing


def charter_in_force(community_id: int, service: str, *, now: datetime) -> CharterVersion:
    """The latest version that has come into force by `now`; Missing when the council adopted none."""
    versions = CharterVersion.objects.filter(community_id=community_id, service=service, in_force_from__lte=now)
    latest = versions.order_by("-in_force_from", "-version").first()
    if latest is None:
        raise Missing("charter.none_in_force", service=service)
    return latest
