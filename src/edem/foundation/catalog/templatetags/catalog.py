"""Filters that show what manifests give: addresses within the community, labels in the page's language."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.translation import get_language, gettext

from edem.foundation.catalog.manifest import Happening
from edem.foundation.communities.models import Community
from edem.kernel.ukrainian import place_after
from edem.ui.words import day

register = template.Library()


@register.filter
def translated(label: str) -> str:
    """A label marked with N_() in a pure module, in the language of the page."""
    return gettext(label)


@register.filter
def in_community(path: str) -> str:
    """An address within this page's community."""
    return reverse("home") + path.removeprefix("/")


@register.simple_tag
def follow_address(kind: str, service: str = "", key: object = "") -> str:
    """Where the reader chooses how often to be written to about it; a visitor signs in on the way."""
    return f"{reverse('follow')}?{urlencode({'kind': kind, 'service': service, 'key': str(key)})}"


@register.filter
def service_home(prefix: str) -> str:
    return reverse("home") + f"{prefix}/"


@register.filter
def news_meta(item: Happening) -> str:
    return " · ".join(part for part in (day(item.at), item.words) if part)


@register.filter
def locative(community: Community, after: str = "") -> str:
    """«у Калиновому Яру», `after` a vowel «в»; another language has no such case and takes the name itself."""
    return place_after(after, community.name_locative) if get_language() == "uk" else community.name


@register.filter
def genitive(community: Community) -> str:
    return community.name_genitive if get_language() == "uk" else community.name
