"""How places and news of the whole country are written on the national pages."""

from django import template

from edem.foundation.catalog.manifest import Happening
from edem.foundation.communities import finding
from edem.foundation.communities.names import short_name
from edem.ui.words import day

register = template.Library()

register.filter("oblast_title", finding.oblast_title)


@register.filter
def country_meta(item: Happening) -> str:
    """When, where, and its number: «14 жовтня 2026 · Вишневогірська · 212 підписів»."""
    parts = (day(item.at), short_name(item.community.name), item.words)
    return " · ".join(part for part in parts if part)
