"""Petitions on the council's own site: the list, one petition, its counter. Signing opens the platform."""

from collections.abc import Mapping
from datetime import datetime

from edem.foundation.catalog.manifest import WidgetPanel
from edem.foundation.communities.models import Community
from edem.kernel.ukrainian import N_
from edem.services.petitions.queries.lists import Group, Order, Wanted, petitions_wanted
from edem.services.petitions.queries.pages import petition_page
from edem.services.petitions.queries.rows import row_of
from edem.services.petitions.web.card_parts import live_of
from edem.ui.words import clock

SHOWN = 5


def list_facts(community: Community, _number: int | None, now: datetime) -> Mapping[str, object]:
    newest = petitions_wanted(community, Wanted(group=Group.COLLECTING, order=Order.NEWEST), now=now)[:SHOWN]
    return {"rows": [row_of(petition, now=now) for petition in newest]}


def one_facts(community: Community, number: int | None, now: datetime) -> Mapping[str, object]:
    page = petition_page(community, number or 0, reader=None, now=now)
    return {"page": page, "petition": page.petition, "live": live_of(page), "as_of": clock(page.as_of)}


def tags(community_id: int, number: int | None) -> list[str]:
    return [f"petitions:{community_id}" if number is None else f"petition:{number}"]


PANELS = (
    WidgetPanel(
        code="list",
        title=N_("Петиції громади"),
        template="petitions/widget_list.html",
        facts=list_facts,
        tags=tags,
    ),
    WidgetPanel(
        code="one",
        title=N_("Одна петиція"),
        template="petitions/widget_one.html",
        facts=one_facts,
        tags=tags,
        of_one=True,
    ),
    WidgetPanel(
        code="counter",
        title=N_("Лічильник підписів"),
        template="petitions/widget_counter.html",
        facts=one_facts,
        tags=tags,
        of_one=True,
    ),
)
