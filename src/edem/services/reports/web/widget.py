"""Reports on the council's own site: the map, and the newest as a list. Sending opens the platform."""

from collections.abc import Mapping
from datetime import datetime

from edem.foundation.catalog.manifest import WidgetPanel
from edem.foundation.communities.models import Community
from edem.kernel.ukrainian import N_
from edem.services.reports.queries.lists import Wanted, reports_listed
from edem.services.reports.queries.rows import rows_of
from edem.services.reports.web.mapping import drawn

SHOWN = 5


def list_facts(community: Community, _number: int | None, _now: datetime) -> Mapping[str, object]:
    return {"rows": rows_of(community, reports_listed(community, Wanted())[:SHOWN])}


def map_facts(community: Community, _number: int | None, now: datetime) -> Mapping[str, object]:
    return {"drawn": drawn(community, Wanted(), asked="", now=now), "filters": None, "permalink": False}


def tags(community_id: int, _number: int | None) -> list[str]:
    return [f"reports:{community_id}"]


PANELS = (
    WidgetPanel(code="map", title=N_("Мапа проблем"), template="reports/widget_map.html", facts=map_facts, tags=tags),
    WidgetPanel(
        code="list", title=N_("Нові повідомлення"), template="reports/widget_list.html", facts=list_facts, tags=tags
    ),
)
