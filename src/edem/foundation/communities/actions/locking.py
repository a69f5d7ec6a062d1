"""The community's row is locked first by every change about it, so two administrators act one after the other."""

from edem.foundation.communities.models import Community
from edem.kernel.errors import Missing


def lock_community(community_id: int) -> Community:
    community = Community.objects.select_for_update(of=("self",)).filter(pk=community_id).order_by("pk").first()
    if community is None:
        raise Missing("communities.none")
    return community
