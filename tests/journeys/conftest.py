"""One town and one browser for each story; every walker has a window of their own."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, sync_playwright
from pytest_django.plugin import DjangoDbBlocker

from edem.config.front_door.tests.serving import writing_to
from edem.config.testing.needs import CHROMIUM
from tests.journeys.town import Town, town_awake

SEEN: set[str] = set()
"""Kinds of pages that were looked at in this run: once is enough."""


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker: DjangoDbBlocker, tmp_path_factory) -> Iterator[Town]:
    with django_db_blocker.unblock(), town_awake(tmp_path_factory.mktemp("town")) as awake:
        yield replace(awake, seen=SEEN)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Playwright keeps a loop in this thread while it is open, though nothing of ours runs in it."""
    if not CHROMIUM:
        pytest.skip("no Chromium here")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture
def rows(transactional_db: None, town: Town, browser: Browser) -> Iterator[None]:  # their order matters
    """Inside, this process reads and writes the town's own rows."""
    with writing_to(town.database):
        yield
