"""What a community has settled about sign-in, as far as this installation is connected to it."""

from collections.abc import Sequence
from datetime import datetime

from edem.foundation.communities.models import Community
from edem.foundation.communities.queries import charter_in_force
from edem.foundation.identity.charter import METHOD_WORDS, SERVICE, SignInCharter
from edem.foundation.identity.claims import Method
from edem.foundation.identity.providers.known import connected_methods
from edem.kernel.errors import Missing


def methods_of(community: Community | None, *, now: datetime) -> Sequence[Method]:
    """What the council allows; where it has said nothing, the usual ways, or whatever the installation has."""
    connected = connected_methods()
    settled = _settled_by(community, now=now)
    if settled is None:
        usual = [method for method in SignInCharter().methods if method in connected] or connected
        settled = [*usual, Method.CNAP_SLIP]  # it needs nobody's agreement, and those who need it have nothing else
    return [method for method in METHOD_WORDS if method in settled and method in connected]


def _settled_by(community: Community | None, *, now: datetime) -> Sequence[Method] | None:
    if community is None:
        return None
    try:
        return charter_in_force(community.pk, SERVICE, now=now).read(SignInCharter).methods
    except Missing:
        return None
