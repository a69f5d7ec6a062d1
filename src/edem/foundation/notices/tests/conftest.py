from pathlib import Path

import pytest

from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.notices import topics
from edem.foundation.notices.tests.people import person_with


@pytest.fixture(autouse=True)
def _lamps(settings, monkeypatch):
    """A service of lamps: its templates and its topic."""
    [engine] = settings.TEMPLATES
    settings.TEMPLATES = [engine | {"DIRS": [Path(__file__).parent / "templates"]}]
    monkeypatch.setitem(topics.OWN, "lamps", "Ліхтарі на моїй вулиці")


@pytest.fixture
def community(db):
    return CommunityFactory(slug="vyshnevohirsk", accent="#2346c7")


@pytest.fixture
def resident(db):
    return person_with("olena@example.com")
