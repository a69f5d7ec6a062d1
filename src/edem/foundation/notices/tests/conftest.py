from pathlib import Path

import pytest

from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.notices import topics
from edem.foundation.notices.actions import send_official_letter
from edem.foundation.notices.replies import taking
from edem.foundation.notices.tests.mails import lamp_lit
from edem.foundation.notices.tests.moments import NOW
from edem.foundation.notices.tests.people import person_with
from edem.foundation.notices.tests.servers import Accepting, post_office_of


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
def post_office(settings):
    return post_office_of(settings, clock=lambda: NOW)


@pytest.fixture
def bounces_mailbox(settings):
    """Where letters come back to; without it nothing that comes is read."""
    settings.EDEM = settings.EDEM.model_copy(update={"bounces_address": "bounces@edem.example"})


@pytest.fixture
def heard(monkeypatch):
    """What the service of lamps has heard."""
    heard = []

    def take(reply, now):
        heard.append(reply)
        return True

    monkeypatch.setattr(taking, "takers", lambda: {"lamps": take})
    return heard


@pytest.fixture
def letter(community, heard, post_office):
    """The letter that a body's mailbox has got."""
    send_official_letter("zhek@rada.example", lamp_lit(), community=community, now=NOW)
    [envelope] = post_office(Accepting()).letters
    return envelope


@pytest.fixture
def resident(db):
    return person_with("olena@example.com")
