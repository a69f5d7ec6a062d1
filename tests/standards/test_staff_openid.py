"""Staff sign-in through a city's OpenID Connect provider, against a certified one that runs here."""

import html
import re
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from django.core.cache import caches

from edem.config.testing.clients import PlatformClient
from edem.foundation.identity.models import SignIn
from edem.foundation.people.models import Person
from edem.foundation.people.tests.factories import with_authenticator_app
from tests.standards.openid_provider import BACK, CLIENT_ID, CLIENT_SECRET, INSTALLED, come_back, is_in, leave

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.full,
    pytest.mark.skipif(not INSTALLED, reason="node_modules has no oidc-provider: ./edem setup brings it"),
]


def test_the_way_out_carries_state_nonce_and_pkce_and_nothing_of_the_address_line(client, connected):
    answer = client.get("/staff/outside/misto/?scope=admin&auth_params=prompt%3Dnone&next=https://evil.example")
    asked = parse_qs(urlsplit(answer.url).query)
    assert (asked["response_type"], asked["client_id"], asked["redirect_uri"]) == (["code"], [CLIENT_ID], [BACK])
    assert set(asked["scope"][0].split()) == {"openid", "profile"}
    assert asked["code_challenge_method"] == ["S256"]
    assert min(len(asked[name][0]) for name in ("state", "nonce", "code_challenge")) >= 16
    assert "prompt" not in asked


def test_a_linked_worker_comes_in_and_sets_up_our_second_factor(client, city, linked, grant):
    assert come_back(client, city).url == "/staff/enter/"
    assert client.session["_auth_user_id"] == str(grant.person_id)
    assert client.get("/staff/enter/").url == "/staff/second-factor/"
    assert client.get(f"/{grant.community.slug}/desk/").status_code == 302
    assert SignIn.objects.get().method == "outside"


def test_a_worker_who_has_our_second_factor_must_show_it(client, city, linked, grant):
    with_authenticator_app(grant.person)
    assert come_back(client, city).url == "/staff/sign-in/code/"
    assert not is_in(client)


def test_their_second_factor_counts_only_by_the_values_that_were_settled(city, connected, linked, grant):
    with_authenticator_app(grant.person)
    connected.second_factors = ["mfa", "urn:city:mfa"]
    connected.save()
    for told, enters in (({"amr": ["pwd"]}, False), ({"amr": ["pwd", "mfa"]}, True), ({"acr": "urn:city:mfa"}, True)):
        client = PlatformClient()
        city.next(**told)
        come_back(client, city)
        assert is_in(client) is enters, told
        assert (client.get(f"/{grant.community.slug}/desk/").status_code == 200) is enters


def test_an_account_that_nobody_linked_opens_nothing_and_makes_nobody(client, city, connected):
    before = Person.objects.count()
    answer = come_back(client, city)
    assert answer.status_code == 403
    assert "ще не прив’язано" in answer.content.decode()
    assert not is_in(client)
    assert Person.objects.count() == before


def test_an_unlinked_account_opens_nothing_any_more(client, city, linked):
    linked.ended_at = datetime.now(UTC)
    linked.save()
    assert come_back(client, city).status_code == 403
    assert not is_in(client)


def test_a_closed_account_stays_closed(client, city, linked, grant):
    Person.objects.filter(pk=grant.person_id).update(is_active=False)
    answer = come_back(client, city)
    assert answer.status_code == 403
    assert "закрито" in answer.content.decode()
    assert not is_in(client)


@pytest.mark.parametrize("mode", [
    "tampered", "unsigned", "stranger's key", "other issuer", "other audience", "other nonce", "no nonce", "expired",
])  # fmt: skip
def test_a_token_with_anything_wrong_lets_nobody_in(client, city, linked, mode):
    city.next(mode=mode)
    answer = come_back(client, city)
    assert answer.status_code in {403, 409}
    assert not is_in(client)


def test_a_provider_that_calls_itself_otherwise_is_not_even_visited(client, city, linked):
    city.next(mode="another issuer's discovery")
    answer = client.get("/staff/outside/misto/")
    assert answer.status_code == 503
    assert not is_in(client)


def test_an_answer_works_once(client, city, linked):
    answered = city.walk(leave(client), back=BACK).removeprefix("http://localhost:8000")
    assert client.get(answered).url == "/staff/enter/"
    client.post("/staff/sign-out/")
    again = client.get(answered)
    assert again.status_code == 409
    assert not is_in(client)


def test_an_answer_to_another_browser_is_refused(client, city, linked):
    answered = city.walk(leave(PlatformClient()), back=BACK).removeprefix("http://localhost:8000")
    assert client.get(answered).status_code == 409
    assert not is_in(client)


def test_a_code_of_another_issuer_is_not_tried(client, city, linked):
    answered = urlsplit(city.walk(leave(client), back=BACK))
    parts = {name: values[0] for name, values in parse_qs(answered.query).items()}
    assert parts["iss"] == city.issuer
    for told in ({**parts, "iss": "https://other.example"},):
        answer = client.get(f"{answered.path}?{urlencode(told)}")
        assert answer.status_code == 403
    assert not is_in(client)


def test_who_changes_their_mind_is_told_so(client, city, linked):
    city.next(refuse=True)
    answer = come_back(client, city)
    assert answer.status_code == 403
    assert "скасували" in answer.content.decode()


def test_a_silent_provider_is_a_sentence_and_not_a_fault(client, connected):
    connected.issuer = "http://127.0.0.1:9"
    connected.save()
    answer = client.get("/staff/outside/misto/")
    assert answer.status_code == 503
    assert "Вхід міста" in answer.content.decode()


def test_a_provider_is_not_asked_for_its_description_again_and_again(client, city, connected):
    leave(client)
    city.next(mode="another issuer's discovery")
    leave(client)
    caches["process"].clear()
    assert client.get("/staff/outside/misto/").status_code == 503


def test_a_closed_provider_is_gone(client, connected):
    connected.closed_at = datetime.now(UTC)
    connected.save()
    assert client.get("/staff/outside/misto/").status_code == 404
    assert client.get("/staff/outside/misto/back/?code=1&state=1").status_code == 404


def test_the_sign_in_page_offers_it_to_those_who_go_to_this_communitys_desk(client, connected, grant):
    assert "Вхід міста" not in client.get("/staff/sign-in/").content.decode()
    slug = grant.community.slug
    for wanted in (f"/{slug}/desk/", f"/sign-in/hand-over/?community={slug}&browser=b&next=%2Fdesk%2F"):
        other = PlatformClient()
        other.get("/staff/enter/", {"next": wanted})
        assert "Увійти через «Вхід міста»" in other.get("/staff/sign-in/").content.decode()


def test_the_secret_is_sealed_and_nothing_of_the_account_is_kept(client, city, connected, linked):
    come_back(client, city)
    assert CLIENT_SECRET not in connected.secret
    from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken

    assert not any(model.objects.exists() for model in (SocialAccount, SocialApp, SocialToken))
    assert "city.example" not in str(dict(client.session.items()))


def test_who_leaves_here_is_told_how_to_leave_there(client, city, linked):
    come_back(client, city)
    assert client.post("/sign-out/").url == "/staff/outside/misto/left/"
    assert not is_in(client)
    page = html.unescape(client.get("/staff/outside/misto/left/").content.decode())
    way_out = re.search(rf'href="({city.issuer}/session/end\?[^"]+)"', page)[1]
    assert parse_qs(urlsplit(way_out).query) == {
        "client_id": [CLIENT_ID], "post_logout_redirect_uri": ["http://localhost:8000/"],
    }  # fmt: skip
    asked = httpx.get(way_out, trust_env=False)
    assert asked.status_code == 200, asked.text[:500]
    assert "form" in asked.text
