"""Panels on other people's sites: public, framed by anyone, never with anything of the reader."""

import html
from datetime import timedelta

import pytest

from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.identity.tests.factories import identified_resident
from edem.services.petitions.tests.factories import PetitionFactory, charter_of_community

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def community():
    community = CommunityFactory(slug="zhytomyr")
    charter_of_community(community)
    return community


@pytest.fixture
def petition(community, now):
    return PetitionFactory(community=community, collecting=True, published_at=now - DAY, closes_at=now + 30 * DAY)


@pytest.fixture
def panels(petition):
    return ["petitions/list/", f"petitions/one/{petition.pk}/", f"petitions/counter/{petition.pk}/"]


def test_every_panel_shows_the_petition_and_may_be_framed_by_anyone(client, petition, panels):
    for panel in panels:
        answer = client.get(f"/zhytomyr/widget/{panel}")
        words = html.unescape(answer.content.decode())
        assert answer.status_code == 200
        assert petition.title in words
        assert 'target="_blank"' in words
        assert "frame-ancestors *" in answer["Content-Security-Policy"]
        assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert not answer.has_header("X-Frame-Options")


def test_no_other_page_may_be_framed(client, petition):
    for path in ("", "petitions/", f"petitions/{petition.pk}/", "widget/"):
        answer = client.get(f"/zhytomyr/{path}")
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
        assert answer["X-Frame-Options"] == "DENY"


def test_a_panel_says_nothing_of_its_reader_and_holds_no_form(client, community, panels, now):
    resident = identified_resident(community, since=now - 2 * DAY)
    client.force_login(resident)
    for panel in panels:
        words = client.get(f"/zhytomyr/widget/{panel}").content.decode()
        assert resident.display_name not in words
        assert "<form" not in words
        assert "csrf" not in words


def test_a_panel_leads_to_signing_on_the_platform(client, petition, panels):
    for panel in panels[1:]:
        assert (
            f'href="/zhytomyr/petitions/{petition.pk}/sign/"'
            in client.get(f"/zhytomyr/widget/{panel}").content.decode()
        )


@pytest.mark.parametrize(
    "path", ["petitions/nothing/", "budget/list/", "petitions/one/", "petitions/list/5/", "petitions/one/999999/"]
)
def test_what_is_not_there_is_missing(client, petition, path):
    assert client.get(f"/zhytomyr/widget/{path}").status_code == 404


def test_another_community_s_petition_is_not_shown_here(client, petition):
    CommunityFactory(slug="rivne")
    assert client.get(f"/rivne/widget/petitions/one/{petition.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("asked", "shown"), [("dark", "dark"), ("light", "light"), ("", "light"), ('"><script>', "light")]
)
def test_the_theme_is_one_of_two(client, petition, asked, shown):
    words = client.get("/zhytomyr/widget/petitions/list/", {"theme": asked}).content.decode()
    assert f'data-theme="{shown}"' in words
    assert "><script>" not in words


def test_the_script_may_be_loaded_from_anywhere(client, community):
    answer = client.get("/zhytomyr/widget/embed.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "document.currentScript" in answer.content.decode()


def test_the_code_is_one_line_to_copy(client, petition):
    words = html.unescape(
        client.get(
            "/zhytomyr/widget/", {"panel": "petitions/one", "number": petition.pk, "theme": "dark"}
        ).content.decode()
    )
    assert (
        f'<script src="http://testserver/zhytomyr/widget/embed.js" data-show="petitions/one/{petition.pk}" data-theme="dark"'
        in words
    )
    assert "script-src" in words


def test_one_petition_needs_its_number(client, community):
    answer = client.get("/zhytomyr/widget/", {"panel": "petitions/one", "theme": "light"})
    assert answer.status_code == 422
    assert "Впишіть число з адреси" in answer.content.decode()


@pytest.mark.parametrize("number", ["0", "-1", "9" * 40, "abc", "\x00", "1e9"])
def test_a_strange_number_gets_a_sentence(client, community, number):
    answer = client.get("/zhytomyr/widget/", {"panel": "petitions/one", "number": number, "theme": "light"})
    assert answer.status_code == 422
