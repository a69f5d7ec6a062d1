"""Every route says who it is for (style.md §5)."""

import pytest

from edem.portals.public_api.admission import admit_program
from edem.portals.public_api.api import api
from tests.house.routes import routes
from tests.house.source import nothing

AUDIENCES = {"anyone", "residents", "staff", "kiosk", "machines"}


def audience_of(view):
    """Class-based views and the API's routers carry it too."""
    return getattr(view, "audience", None) or getattr(getattr(view, "view_class", None), "audience", None)


def pages():
    """The API's operations are looked at by themselves, below."""
    return [route for route in routes() if "api" not in route.namespaces]


@pytest.mark.parametrize("route", pages(), ids=lambda route: route.path or "/")
def test_a_route_declares_its_audience(route):
    audience = audience_of(route.view)
    assert audience is not None, f"{route.view.__module__}.{route.view.__qualname__} lacks @open_to(...)"
    assert audience.name in AUDIENCES


def operations():
    for router in api._get_bound_routers():
        for view in router.path_operations.values():
            yield from view.operations


def test_every_operation_of_the_api_admits_programs_at_the_gate():
    nothing(operation.path for operation in operations() if admit_program not in operation.auth_callbacks)
    assert any(True for _ in operations())


def test_both_address_lists_are_walked():
    paths = {route.path for route in routes()}
    assert len(paths) > 10


def test_no_pattern_names_a_community():
    nothing([route.path for route in routes() if "<slug:community" in route.path])


def test_every_audience_is_used_or_waits_for_its_portal():
    used = {audience_of(route.view).name for route in pages() if audience_of(route.view)}
    assert used <= AUDIENCES
    assert {"anyone", "residents", "staff"} <= used


def test_a_route_is_a_pattern_with_a_name():
    nameless = [route.path for route in routes() if not route.name and not is_of_a_library(route)]
    nothing(nameless)


def is_of_a_library(route):
    return not route.view.__module__.startswith("edem.")
