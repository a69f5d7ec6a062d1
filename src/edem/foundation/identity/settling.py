"""What a community has settled about sign-in; all methods where its council has said nothing."""

from collections.abc import Sequence
from datetime import datetime

from edem.foundation.communities.models import Community
from edem.foundation.communities.queries import charter_in_force
from edem.foundation.identity.charter import SERVICE, SignInCharter
from edem.foundation.identity.claims import Method
from edem.kernel.errors import Missing


def methods_of(community: Community | None, *, now: datetime) -> Sequence[Method]:
    if community is None:
        return SignInCharter().methods
    try:
        return charter_in_force(community.pk, SERVICE, now=now).read(SignInCharter).methods
    except Missing:
        return SignInCharter().methods
