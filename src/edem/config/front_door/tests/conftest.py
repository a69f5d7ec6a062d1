"""One door for the whole session: a real process, a database of committed rows, two communities."""

from collections.abc import Iterator

import httpx
import psycopg
import pytest
from django.db import connection

from edem.config.front_door.tests.serving import Served, cloned_database, serving, writing_to
from edem.config.front_door.tests.tables import ACTS_AND_SUBJECTS
from edem.foundation.communities.models import Community


@pytest.fixture(scope="session")
def door_database(django_db_setup, django_db_blocker) -> Iterator[str]:
    with django_db_blocker.unblock(), cloned_database("door") as address:
        with writing_to(address), connection.cursor() as cursor:
            cursor.execute(ACTS_AND_SUBJECTS)
            for number, slug in enumerate(["misto", "selo"]):
                Community.objects.create(slug=slug, katottg=f"UA0102003004005006{number}", name=slug, is_open=True)
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
    with psycopg.connect(door_database, autocommit=True) as own:
        own.execute("TRUNCATE door_act, door_subject")
        own.execute("INSERT INTO door_subject (id) SELECT generate_series(1, 20)")
        yield own
