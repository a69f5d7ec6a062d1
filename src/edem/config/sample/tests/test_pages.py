"""The demo's own page: everybody one can be, with codes that open the door, in a sandbox only."""

import re
from datetime import UTC, datetime

import pytest
from django.utils import translation
from django.utils.html import escape

from edem.config.sample.accounts import totp_code, totp_secret
from edem.config.sample.guide import accounts_as_text, demo_guide
from edem.config.sample.personas import personas

NOW = datetime(2026, 11, 19, 10, 15, tzinfo=UTC)
QUOTED = re.compile("“[^”]*”")
"""Names of companies and titles stay as the pages show them."""
UKRAINIAN = re.compile("[А-ЯҐЄІЇа-яґєії]{3,}")

pytestmark = pytest.mark.django_db


def test_the_page_says_who_one_can_be_and_what_to_try(client):
    page = client.get("/demo/")
    assert page.status_code == 200
    text = page.content.decode()
    assert all(each.full_name in text and each.about.split(",")[0] in text for each in personas())
    assert "vyshnevyi-sad-2026" in text


def test_the_page_speaks_english_of_everybody_too(client, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    text = client.get("/demo/").content.decode()
    with translation.override("en"):
        guide = demo_guide(NOW)
    people = [line for each in guide.residents for line in (each.about, each.community, *each.to_try)]
    staff = [line for each in guide.staff for line in (each.does, each.community)]
    assert all(escape(line) in text for line in people + staff)
    assert not any(UKRAINIAN.search(QUOTED.sub("", line)) for line in people + staff)
    assert [len(each.to_try) for each in guide.residents] == [len(each.try_) for each in personas()]


def test_a_real_installation_has_no_such_page(client, settings):
    settings.SANDBOX = False
    assert client.get("/demo/").status_code == 404


def test_the_guide_shows_the_code_of_the_moment():
    guide = demo_guide(NOW)
    moderator = next(each for each in guide.staff if each.login == "moderator")
    assert moderator.code == totp_code(totp_secret("moderator"), NOW)
    assert moderator.role == "модератор"


def test_the_terminal_names_every_account():
    text = accounts_as_text()
    assert all(each.login in text for each in demo_guide(NOW).staff)
    assert "/demo/" in text
