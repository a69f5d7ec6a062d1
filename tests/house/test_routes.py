"""Every route says who it is for (style.md §5)."""

import pytest

from tests.house.routes import routes
from tests.house.source import nothing

AUDIENCES = {"anyone", "residents", "staff", "kiosk", "machines"}


def audience_of(view):
    """Class-based views and the API's routers carry it too."""
    return getattr(view, "audience", None) or getattr(getattr(view, "view_class", None), "audience", None)


@pytest.mark.parametrize("route", routes(), ids=lambda route: route.path or "/")
def test_a_route_declares_its_audience(route):
    audience = audience_of(route.view)
    assert audience is not None, f"{route.view.__module__}.{route.view.__qualname__} lacks @open_to(...)"
    assert audience.name in AUDIENCES


def test_both_address_lists_are_walked():
    paths = {route.path for route in routes()}
    assert len(paths) > 10


def test_no_pattern_names_a_community():
    nothing([route.path for route in routes() if "<slug:community" in route.path])


def test_every_audience_is_used_or_waits_for_its_portal():
    used = {audience_of(route.view).name for route in routes() if audience_of(route.view)}
    assert used <= AUDIENCES
    assert {"anyone", "residents", "staff"} <= used


def test_a_route_is_a_pattern_with_a_name():
    nameless = [route.path for route in routes() if not route.name and not is_of_a_library(route)]
    nothing(nameless)


def is_of_a_library(route):
    return not route.view.__module__.startswith("edem.")
