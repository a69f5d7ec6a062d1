"""Every test of the house gets the plugin, and PostgreSQL runs before the first of them."""

import os
from collections.abc import Iterator
from importlib import import_module

import pytest
from django.db import connections
from hypothesis import HealthCheck, settings
from pytest_django.plugin import DjangoDbBlocker

from tools import catalogues, postgres

# Two busy cores make any generator slow now and then: time is no property of our rules (speed lives in ./edem bench).
# A change is judged by the same examples each time; `--hypothesis-profile=search` looks for others.
settings.register_profile("search", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("house", settings.get_profile("search"), derandomize=True)
settings.load_profile("house")

pytest_plugins = ["edem.config.testing.plugin"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,  # after it
    django_db_blocker: DjangoDbBlocker,
) -> None:
    """The tests' database begins as a copy of one that is migrated already."""
    keeping = import_module("edem.config.testing.database")  # it needs Django, which is not there yet above
    with django_db_blocker.unblock():
        connections["default"].settings_dict["TEST"]["TEMPLATE"] = keeping.kept_template()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:  # after it
    """Towns and servers of tests start from the database as it was before anybody touched it."""
    serving = import_module("edem.config.front_door.tests.serving")  # it needs Django, which is not there yet above
    with django_db_blocker.unblock():
        untouched = serving.cloned_database(serving.UNTOUCHED)
        untouched.__enter__()
    yield
    with django_db_blocker.unblock():
        untouched.__exit__(None, None, None)


def pytest_configure(config: pytest.Config) -> None:
    """Bare pytest finds the translations compiled and the embedded server awake."""
    if hasattr(config, "workerinput"):
        return
    catalogues.compile_stale()
    if os.environ.get("DATABASE_URL"):
        return
    known = postgres.address_if_known()
    if postgres.start() != known:
        # Django has read the old address by now.
        raise pytest.UsageError("PostgreSQL has been started just now. Run the tests once more.")
