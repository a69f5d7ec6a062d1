"""Reports on one street: the same that whoever watches it is written to about."""

from typing import Final

from edem.foundation.communities.models import Community
from edem.foundation.search.queries import subjects_with
from edem.services.reports.models import Report
from edem.services.reports.queries.charters import CODE
from edem.services.reports.rules.watching import street_key

MOST_ON_A_STREET: Final = 1_000
"""Of those in which its name occurs, the newest."""


def ids_on(community: Community, street: str) -> list[int]:
    """`street` as it is kept, or as people write it. The search finds its words anywhere, the address decides."""
    keys = {street, street_key(street)} - {""}
    named = subjects_with(community.pk, street_key(street) or street, service=CODE, most=MOST_ON_A_STREET)
    rows = Report.objects.filter(community=community, pk__in=named).order_by("pk").values_list("pk", "address")
    return [pk for pk, address in rows if street_key(address) in keys]
