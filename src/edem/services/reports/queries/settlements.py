"""The settlements of a community as a report may lie in them: for subscriptions, feeds and open data."""

from collections.abc import Sequence

from edem.foundation.communities.models import Community
from edem.foundation.places.queries import settlements_of
from edem.services.reports.rules.settlements import settlement_named


def settlements_offered(community: Community) -> Sequence[tuple[str, str]]:
    """Code and name; of two villages of one name neither is known by its name alone."""
    return list(settlements_of(community.katottg).values_list("code", "name"))


def settlement_for(community: Community, *, given: str, address: str) -> str:
    return settlement_in(settlements_offered(community), given=given, address=address)


def settlement_in(known: Sequence[tuple[str, str]], *, given: str, address: str) -> str:
    """What its writer chose, else what the address names, else the only one there is."""
    if given in {code for code, _name in known}:
        return given
    return known[0][0] if len(known) == 1 else settlement_named(address, known)


def settlement_name(community: Community, code: str) -> str:
    return settlements_of(community.katottg).filter(code=code).values_list("name", flat=True).first() or code
