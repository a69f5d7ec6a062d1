"""Addresses to choose from instead of typing: those beside the pin, else the streets that are written of most."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from django.db.models import F, Q

from edem.foundation.communities.models import Community
from edem.kernel.geo.cells import cells_around
from edem.kernel.geo.points import Point, distance_m
from edem.services.reports.models import Report
from edem.services.reports.models.report import AT_WORK
from edem.services.reports.queries.lists import in_cells
from edem.services.reports.rules.watching import street_shown

OFFERED: Final = 12
NEAR_M: Final = 150
_LOOKED_AT: Final = 300
_PRESENT: Final = AT_WORK | Q(state="closed")
"""As the index `report_near` has them."""


def addresses_known(community: Community, here: Point | None) -> list[str]:
    return nearest_addresses(community, here) if here else streets_written_of(community)


def nearest_addresses(community: Community, here: Point) -> list[str]:
    """What people called this very place before."""
    near = Report.objects.filter(in_cells(cells_around(here, NEAR_M)), _PRESENT, community=community)
    told = near.exclude(address="").order_by("-published_at", "-pk").values_list("address", "lat", "lon")
    away = [(distance_m(here, Point(lat or 0, lon or 0)), address) for address, lat, lon in told[:_LOOKED_AT]]
    return first_of(address for metres, address in sorted(away) if metres <= NEAR_M)


def streets_written_of(community: Community) -> list[str]:
    newest = Report.objects.filter(_PRESENT, community=community, follows=None).order_by(
        F("published_at").desc(nulls_last=True), "-pk"
    )
    streets = Counter(street_shown(address) for address in newest.values_list("address", flat=True)[:_LOOKED_AT])
    return first_of(street for street, _ in streets.most_common() if street)


def first_of(addresses: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(addresses))[:OFFERED]
