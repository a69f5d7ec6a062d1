"""One door for the whole session: a real process, a database of committed rows, two communities."""

from collections.abc import Iterator

import httpx
import psycopg
import pytest

from edem.config.front_door.tests.serving import Served, clean_rows, ground_of_the_door, serving


@pytest.fixture(scope="session")
def door_database(django_db_setup, django_db_blocker) -> Iterator[str]:
    with django_db_blocker.unblock(), ground_of_the_door() as address:
        yield address


@pytest.fixture(scope="session")
def served(door_database: str) -> Iterator[Served]:
    with serving(door_database) as door:
        yield door


@pytest.fixture
def visitor(served: Served) -> Iterator[httpx.Client]:
    with served.client() as client:
        yield client


@pytest.fixture
def rows(door_database: str) -> Iterator[psycopg.Connection]:
    with clean_rows(door_database) as own:
        yield own
