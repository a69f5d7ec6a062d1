"""First segments of the platform's own addresses: no community may be called so."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

# Rooms of the front door and names that people would take for the platform itself.
_ROOMS = frozenset(
    {
        "acts",
        "live",
        "health",
        "metrics",
        "api",
        "static",
        "files",
        "look",
        "admin",
        "admin-desk",
        "www",
        "mail",
        "edem",
        "e-dem",
    }
)


def reserved_segments() -> frozenset[str]:
    """Read from the platform's own addresses, so a page added later is protected the day it appears."""
    found = set(_ROOMS)
    for pattern in get_resolver(settings.ROOT_URLCONF).url_patterns:
        found |= _first_segments(pattern)
    for address in (settings.STATIC_URL, settings.MEDIA_URL):
        found.add(address.strip("/").partition("/")[0])
    return frozenset(found - {""})


def _first_segments(pattern: URLPattern | URLResolver) -> set[str]:
    segment, slash, _rest = str(pattern.pattern).lstrip("^").partition("/")
    if slash or segment or isinstance(pattern, URLPattern):
        return {segment}
    return set().union(*(_first_segments(inner) for inner in pattern.url_patterns))
