"""What a community has settled about membership; the careful defaults where its council has said nothing."""

from datetime import datetime

from edem.foundation.communities.queries import charter_in_force
from edem.foundation.identity.membership.charter import SERVICE, MembershipCharter
from edem.kernel.errors import Missing


def membership_charter(community_id: int, *, now: datetime) -> MembershipCharter:
    try:
        return charter_in_force(community_id, SERVICE, now=now).read(MembershipCharter)
    except Missing:
        return MembershipCharter()
