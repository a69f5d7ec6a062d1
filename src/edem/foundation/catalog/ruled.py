"""Everything that a council decides by a charter: each service's, and those of the platform's own ground."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from edem.foundation.catalog.manifest import Manifest
from edem.foundation.catalog.registry import manifests, switched_on
from edem.foundation.communities.charter import Charter
from edem.foundation.communities.models import Community
from edem.foundation.identity import charter as sign_in
from edem.foundation.identity.membership import charter as membership
from edem.kernel.ukrainian import N_


@dataclass(frozen=True, kw_only=True)
class Ruled:
    code: str
    title: str
    charter: type[Charter]
    charter_impact: Callable[[Community, Charter, Charter, datetime], Sequence[str]] | None = None


GROUND = (
    Ruled(code=sign_in.SERVICE, title=N_("Вхід мешканців"), charter=sign_in.SignInCharter),
    Ruled(code=membership.SERVICE, title=N_("Належність до громади"), charter=membership.MembershipCharter),
)
"""These hold in every community, whatever services it has switched on."""


def everything_ruled() -> tuple[Ruled, ...]:
    return (*_of(manifests()), *GROUND)


def ruled_in(community: Community) -> tuple[Ruled, ...]:
    """What a reader of this community's rules may look for."""
    return (*_of(switched_on(community)), *GROUND)


def ruled_called(code: str) -> Ruled | None:
    return next((each for each in everything_ruled() if each.code == code), None)


def _of(services: Sequence[Manifest]) -> list[Ruled]:
    return [
        Ruled(code=each.code, title=each.title, charter=each.charter, charter_impact=each.charter_impact)
        for each in services
        if each.charter
    ]
