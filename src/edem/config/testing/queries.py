"""How many queries a piece of work makes; savepoints of the test's own transaction do not count."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from edem.config.testing.clients import PlatformClient
from edem.foundation.communities.directory import directory

NOT_COUNTED = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT", "BEGIN", "COMMIT")
_OK = 200


@contextmanager
def exactly(expected: int) -> Iterator[None]:
    directory().load()
    with CaptureQueriesContext(connection) as captured:
        yield
    statements = [query["sql"] for query in captured if not query["sql"].startswith(NOT_COUNTED)]
    if len(statements) != expected:
        listed = "\n".join(f"{number}. {sql[:300]}" for number, sql in enumerate(statements, start=1))
        pytest.fail(f"{len(statements)} queries instead of {expected}:\n{listed}")


def queries_of_page(client: PlatformClient, address: str) -> int:
    """How many it needs once the process is warm."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == _OK
    return sum(not query["sql"].startswith(NOT_COUNTED) for query in captured)
