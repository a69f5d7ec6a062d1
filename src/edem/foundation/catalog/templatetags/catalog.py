"""Filters that show what manifests give: addresses within the community, labels in the page's language."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext

from edem.foundation.catalog.manifest import Happening
from edem.ui.words import short_day

register = template.Library()


@register.filter
def translated(label: str) -> str:
    """A label marked with N_() in a pure module, in the language of the page."""
    return gettext(label)


@register.filter
def in_community(path: str) -> str:
    """An address within this page's community."""
    return reverse("home") + path.removeprefix("/")


@register.filter
def service_home(prefix: str) -> str:
    return reverse("home") + f"{prefix}/"


@register.filter
def news_meta(item: Happening) -> str:
    return " · ".join(part for part in (short_day(item.at), item.words) if part)
