"""Who signs out at the city's provider is signed out here: what its word must be, and how soon it holds everywhere."""

import re
from base64 import urlsafe_b64encode
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from time import monotonic

import httpx
import pytest

from edem.config.front_door.tests.serving import cloned_database, serving
from edem.config.testing.clients import PlatformClient
from edem.foundation.identity.models import SignIn, SpentLogout
from edem.foundation.people.models import OutsideAccount
from edem.foundation.people.outside.actions import ProviderFacts, add_provider
from edem.foundation.people.roles import Role
from edem.foundation.people.tests.factories import GrantFactory, with_authenticator_app
from edem.foundation.people.tests.test_pages import code_of
from tests.load.faults.house import writing_on
from tests.load.faults.waiting import seconds_taken
from tests.standards.openid_provider import (
    CLIENT_ID,
    CLIENT_SECRET,
    INSTALLED,
    SUBJECT,
    city_provider,
    come_back,
    is_in,
)
from tools.ports import free_port

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.full,
    pytest.mark.skipif(not INSTALLED, reason="node_modules has no oidc-provider: ./edem setup brings it"),
]
EVENT = "http://schemas.openid.net/event/backchannel-logout"
TOLD = "/staff/outside/misto/logged-out/"
AT_MOST = 1.0
"""Seconds, from the provider's «you are signed out» to the last page that any process still shows."""


def word(city, **changed):
    """A right one; None leaves a claim out."""
    now = int(datetime.now(UTC).timestamp())
    right = {
        "iss": city.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 120, "jti": token_hex(8), "events": {EVENT: {}},
        "sub": SUBJECT,
    }  # fmt: skip
    return {name: value for name, value in {**right, **changed}.items() if value is not None}


def tell(city, claims, **signing):
    """The provider's server, which has no cookie of ours and no page to take a token against forgery from."""
    token = city.token(claims, **signing)
    return PlatformClient(enforce_csrf_checks=True).post(TOLD, {"logout_token": token})


@pytest.fixture
def at_work(client, city, linked):
    come_back(client, city)
    assert is_in(client)
    return client


def test_a_word_about_a_person_ends_all_that_they_opened_through_the_provider(at_work, city):
    other = PlatformClient()
    come_back(other, city)
    answer = tell(city, word(city))
    assert (answer.status_code, answer.content) == (200, b"")
    assert "no-store" in answer["Cache-Control"]
    assert not is_in(at_work)
    assert not is_in(other)
    assert not SignIn.objects.filter(ended_at=None).exists()


def test_a_word_about_a_session_ends_that_one(at_work, city):
    other = PlatformClient()
    come_back(other, city)
    sid = at_work.session["outside_session"]
    assert sid not in str(list(SignIn.objects.order_by("pk").values())), "the list keeps a hash"
    assert tell(city, word(city, sub=None, sid=sid)).status_code == 200
    assert not is_in(at_work)
    assert is_in(other)


@pytest.mark.parametrize("named", [{"sub": "somebody-else"}, {"sub": None, "sid": "another"}, {"sid": "another"}])
def test_whom_it_does_not_name_stays(at_work, city, named):
    assert tell(city, word(city, **named)).status_code == 200
    assert is_in(at_work)


def shows_the_code(browser, secret) -> bool:
    browser.post("/staff/sign-in/code/", {"code": code_of(secret)})
    return is_in(browser)


@pytest.mark.parametrize("named", [{}, {"sub": None, "sid": True}, {"sid": True}], ids=["person", "session", "both"])
def test_a_word_ends_what_waits_for_our_second_step(client, city, linked, grant, named):
    secret = with_authenticator_app(grant.person)
    assert come_back(client, city).url == "/staff/sign-in/code/"
    sid = {"sid": client.session["outside_session"]} if "sid" in named else {}
    assert tell(city, word(city, **named | sid)).status_code == 200
    assert client.get("/staff/sign-in/code/").url == "/staff/sign-in/"
    assert not shows_the_code(client, secret)


@pytest.mark.parametrize("named", [{"sub": "somebody-else"}, {"sub": None, "sid": "another"}, {"sid": "another"}])
def test_whom_it_does_not_name_may_finish_the_second_step(client, city, linked, grant, named):
    secret = with_authenticator_app(grant.person)
    come_back(client, city)
    assert tell(city, word(city, **named)).status_code == 200
    assert shows_the_code(client, secret)


def test_whoever_comes_through_it_twice_in_one_browser_is_still_known_by_the_session_there(at_work, city):
    come_back(at_work, city)
    sid = at_work.session["outside_session"]
    assert SignIn.objects.filter(ended_at=None).count() == 1
    assert tell(city, word(city, sid=sid)).status_code == 200
    assert not is_in(at_work)


def test_whoever_came_by_password_stays(client, city, linked, grant):
    client.sign_in(grant.person)
    assert tell(city, word(city)).status_code == 200
    assert is_in(client)


def test_a_word_works_once(at_work, city, client):
    claims = word(city)
    assert tell(city, claims).status_code == 200
    come_back(client, city)
    assert tell(city, claims).status_code == 400
    assert is_in(client), "an old word does not end a new session"
    assert SpentLogout.objects.get().until > datetime.now(UTC) + timedelta(minutes=10)


HOUR = 3600
WRONG = {
    "another issuer": {"iss": "https://other.example"},
    "another audience": {"aud": "another-client"},
    "for several, made for another": {"aud": [CLIENT_ID, "another-client"]},
    "old": {"iat": -HOUR, "exp": None},
    "old, and says that it lasts": {"iat": -HOUR, "exp": HOUR},
    "from the future": {"iat": HOUR, "exp": 2 * HOUR},
    "over": {"exp": -HOUR},
    "without a time": {"iat": None},
    "a time that is no number": {"iat": "today"},
    "not a number": {"iat": True, "exp": "soon"},
    "without a number": {"jti": None},
    "a number that is none": {"jti": 5},
    "no events": {"events": None},
    "another event": {"events": {"http://schemas.openid.net/event/other": {}}},
    "an event that is no object": {"events": {EVENT: "yes"}},
    "events that are a list": {"events": [EVENT]},
    "with a nonce": {"nonce": "n"},
    "about nobody": {"sub": None},
    "about a number": {"sub": 7},
}


@pytest.mark.parametrize("changed", WRONG.values(), ids=WRONG)
def test_a_word_with_anything_wrong_ends_nothing(at_work, city, changed):
    now = datetime.now(UTC).timestamp()
    times = {
        name: int(now) + value if type(value) is int and name in {"iat", "exp"} else value
        for name, value in changed.items()
    }
    answer = tell(city, word(city, **times))
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_request"})
    assert is_in(at_work)
    assert not SpentLogout.objects.exists()


def test_an_id_token_is_no_word_about_a_logout(at_work, city):
    claims = word(city, events=None, nonce="n")
    assert tell(city, claims, typ="JWT").status_code == 400
    assert tell(city, word(city), typ="at+jwt").status_code == 400
    assert is_in(at_work)


def test_nobody_else_can_say_it(at_work, city):
    right = city.token(word(city))
    head, body, signature = right.split(".")
    none = urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
    unsigned = f"{none}.{body}."
    for token in (unsigned, f"{head}.{body}.{signature[:-4]}AAAA", f"{head}.{body}", "", "ї", "a.b.c"):
        assert at_work.post(TOLD, {"logout_token": token}).status_code == 400
    assert tell(city, word(city), key="stranger's").status_code == 400
    assert is_in(at_work)


def test_only_the_provider_that_is_here_and_only_by_post(at_work, city, connected):
    token = city.token(word(city))
    assert at_work.post("/staff/outside/inshe/logged-out/", {"logout_token": token}).status_code == 404
    assert at_work.get(TOLD).status_code == 405
    connected.closed_at = datetime.now(UTC)
    connected.save()
    assert at_work.post(TOLD, {"logout_token": token}).status_code == 404
    assert is_in(at_work)


def test_a_provider_whose_keys_cannot_be_had_may_say_it_again(at_work, city, connected):
    token = city.token(word(city))
    connected.issuer = "http://127.0.0.1:9"
    connected.save()
    assert at_work.post(TOLD, {"logout_token": token}).status_code == 503
    assert is_in(at_work)


# The whole way: two programs of ours, the provider's own page «sign out», its own message to one of them.


@pytest.fixture
def town(db, django_db_setup):
    """Two server programs of one platform, which meet only in the database, and a city's provider."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    real = {"application": "edem.config.asgi:application", "settings": "edem.config.settings.test"}
    back = f"{address}/staff/outside/misto/back/"
    with ExitStack() as stack:
        database = stack.enter_context(cloned_database(f"logout_{token_hex(3)}"))
        city = stack.enter_context(
            city_provider(back=[back], signed_out=f"{address}/", tells=f"{address}/staff/outside/misto/logged-out/")
        )
        with writing_on(database):
            grant = GrantFactory(role=Role.MODERATOR, community__is_open=True)
            facts = ProviderFacts(
                code="misto", name="Вхід міста", issuer=city.issuer, client_id=CLIENT_ID, secret=CLIENT_SECRET,
                second_factors=["mfa"],
            )  # fmt: skip
            provider = add_provider(facts, by=None, now=datetime.now(UTC))
            OutsideAccount.objects.create(
                provider=provider, person=grant.person, subject=SUBJECT, linked_at=datetime.now(UTC),
                linked_by=grant.person,
            )  # fmt: skip
        doors = [stack.enter_context(serving(database, port=each, EDEM_BASE_URL=address, **real)) for each in (port, 0)]
        yield city, doors, f"/{grant.community.slug}/desk/"


def test_who_signs_out_at_the_city_is_out_in_every_process_within_a_second(town):
    city, doors, desk = town
    city.next(amr=["mfa"])
    with httpx.Client(trust_env=False, timeout=20, follow_redirects=True) as browser:
        browser.get(f"{doors[0].address}/staff/outside/misto/")
        ours = {"sessionid": browser.cookies["sessionid"]}
        assert all(shown(door, desk, ours) for door in doors)

        page = browser.get(f"{city.issuer}/session/end", params={"client_id": CLIENT_ID})
        form = dict(re.findall(r'name="(xsrf)" value="([^"]+)"', page.text))
        browser.post(f"{city.issuer}/session/end/confirm", data={**form, "logout": "yes"}, follow_redirects=False)
    assert seconds_taken(lambda: any(shown(door, desk, ours) for door in doors), monotonic()) < AT_MOST


def shown(door, desk, cookies) -> bool:
    with door.client(cookies=cookies) as client:
        return client.get(desk).status_code == 200
