"""Every route of both address lists, with who serves it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True, kw_only=True)
class Route:
    path: str
    name: str
    namespaces: tuple[str, ...]
    view: Any


def walk(resolver: URLResolver, path: str = "", namespaces: tuple[str, ...] = ()) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        here = path + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield Route(path=here, name=entry.name or "", namespaces=namespaces, view=entry.callback)
        else:
            yield from walk(entry, here, (*namespaces, entry.namespace) if entry.namespace else namespaces)


@cache
def routes() -> tuple[Route, ...]:
    lists = (settings.ROOT_URLCONF, settings.COMMUNITY_URLCONF)
    return tuple(route for name in lists for route in walk(get_resolver(name)))


@cache
def package_of_namespace(namespace: str) -> str | None:
    """Whose addresses these are, told by the module of the first view under the name."""
    for route in routes():
        if route.namespaces and route.namespaces[-1] == namespace:
            module: str = route.view.__module__
            return module
    return None
