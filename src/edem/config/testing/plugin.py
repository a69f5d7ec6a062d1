"""The pytest plugin of the house. Tripwires are always on; fixtures are asked for by name."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from functools import partial

import pytest
from pytest_django.plugin import DjangoDbBlocker

from edem.config.testing.clients import PlatformClient
from edem.config.testing.needs import leave_out_without_browser
from edem.config.testing.network import only_this_machine
from edem.config.testing.order import unordered_lists_reversed
from edem.config.testing.queries import exactly, queries_of_page
from edem.config.testing.templates import undefined_variables_fail
from edem.foundation.communities.directory import directory
from edem.foundation.events.testing import Announced, forget_all_jobs
from edem.foundation.intake.limits import LIMITS


def pytest_runtest_setup(item: pytest.Item) -> None:
    leave_out_without_browser(item)


@pytest.fixture(autouse=True, scope="session")
def _tests_stay_on_this_machine() -> Iterator[None]:
    with only_this_machine():
        yield


@pytest.fixture(autouse=True, scope="session")
def _undefined_template_variables_fail() -> Iterator[None]:
    with undefined_variables_fail():
        yield


@pytest.fixture(autouse=True, scope="session")
def _unordered_lists_come_reversed() -> Iterator[None]:
    with unordered_lists_reversed():
        yield


@pytest.fixture(autouse=True)
def _fresh_directory() -> None:
    """Each test has its own communities; what a former test's directory remembers is forgotten."""
    directory().forget()


@pytest.fixture(autouse=True)
def _nobody_has_come_too_often() -> None:
    LIMITS.forget()


@pytest.fixture(autouse=True)
def _jobs_end_with_their_test(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A test that commits leaves jobs behind: Django empties its own tables, not procrastinate's."""
    yield
    mark = request.node.get_closest_marker("django_db")
    if "transactional_db" in request.fixturenames or (mark and mark.kwargs.get("transaction")):
        with django_db_blocker.unblock():
            forget_all_jobs()


@pytest.fixture
def now() -> datetime:
    """This very moment, where the database's own clock or the pages' decides what is over."""
    return datetime.now(UTC)  # noqa: TID251 - a test begins at the edge


@pytest.fixture
def client() -> PlatformClient:
    return PlatformClient()


@pytest.fixture
def announced(db: None) -> Announced:  # noqa: ARG001 - the events are read from the database
    """The events announced by this test so far; what was rolled back is not among them."""
    return Announced()


@pytest.fixture
def assert_queries() -> Callable[[int], AbstractContextManager[None]]:
    """Put around a request, with the number of queries it may make."""
    return exactly


@pytest.fixture
def queries_of(client: PlatformClient) -> Callable[[str], int]:
    """How many queries the page at an address makes."""
    return partial(queries_of_page, client)
