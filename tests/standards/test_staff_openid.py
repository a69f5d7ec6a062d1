"""Staff sign-in through a city's OpenID Connect provider, against a certified one that runs here."""

import html
import re
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from django.apps import apps
from django.core.cache import cache

from edem.config.testing.clients import PlatformClient
from edem.foundation.audit.models import AuditEntry
from edem.foundation.identity.models import SignIn
from edem.foundation.people.models import OutsideAccount, OutsideInvitation, OutsideProvider, Person
from edem.foundation.people.outside.actions import ProviderFacts, add_provider
from edem.foundation.people.roles import Role
from edem.foundation.people.tests.factories import GrantFactory, with_authenticator_app
from tests.standards.openid_provider import CLIENT_ID, CLIENT_SECRET, INSTALLED, city_provider

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not INSTALLED, reason="node_modules has no oidc-provider: ./edem demo brings it"),
    pytest.mark.skipif(not apps.is_installed("allauth.socialaccount"), reason="outside sign-in is not switched on"),
]
BACK = "http://localhost:8000/staff/outside/misto/back/"
SUBJECT = "worker-1"


@pytest.fixture(scope="module")
def city():
    with city_provider(back=[BACK]) as provider:
        yield provider


@pytest.fixture(autouse=True)
def _nobody_yet(city):
    cache.clear()
    city.next()


@pytest.fixture
def grant(db):
    return GrantFactory(role=Role.MODERATOR)


@pytest.fixture
def connected(city, grant):
    """The city's provider, settled by the installation; a second factor there does not count yet."""
    facts = ProviderFacts(
        code="misto", name="Вхід міста", issuer=city.issuer, client_id=CLIENT_ID, secret=CLIENT_SECRET,
        community_id=grant.community_id,
    )  # fmt: skip
    return add_provider(facts, by=None, now=datetime.now(UTC))


@pytest.fixture
def linked(connected, grant):
    return OutsideAccount.objects.create(
        provider=connected, person=grant.person, subject=SUBJECT, linked_at=datetime.now(UTC), linked_by=grant.person
    )


def leave(client):
    answer = client.get("/staff/outside/misto/")
    assert answer.status_code == 302, answer.content.decode()[:600]
    return answer.url


def come_back(client, city):
    return client.get(city.walk(leave(client), back=BACK).removeprefix("http://localhost:8000"))


def is_in(client) -> bool:
    return "_auth_user_id" in client.session


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


def prove(client, city, address):
    answer = client.get(address)
    assert answer.status_code == 302, answer.content.decode()[:600]
    return client.get(city.walk(answer.url, back=BACK).removeprefix("http://localhost:8000"))


def test_a_worker_links_an_account_after_a_look_at_whose_it_is(client, city, connected, grant):
    client.sign_in(grant.person)
    assert "Прив’язати «Вхід міста»" in client.get("/operator/outside/mine/").content.decode()
    assert prove(client, city, "/operator/outside/mine/misto/link/").url == "/operator/outside/confirm/"
    assert not OutsideAccount.objects.exists(), "a look first: the browser may be somebody else's there"
    assert "worker-1@city.example" in client.get("/operator/outside/confirm/").content.decode()
    assert client.post("/operator/outside/confirm/").status_code == 302
    account = OutsideAccount.objects.get()
    assert (account.person, account.subject, account.linked_by) == (grant.person, SUBJECT, grant.person)
    assert client.post("/operator/outside/confirm/").status_code == 409

    fresh = PlatformClient()
    come_back(fresh, city)
    assert is_in(fresh)
    assert client.post(f"/operator/outside/mine/{account.pk}/unlink/").status_code == 302
    assert come_back(PlatformClient(), city).status_code == 403
    acts = AuditEntry.objects.order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["people.outside_linked", "people.outside_unlinked"]


def test_one_account_there_is_one_worker_here(client, city, linked, grant):
    other = GrantFactory(community=grant.community)
    client.sign_in(other.person)
    prove(client, city, "/operator/outside/mine/misto/link/")
    assert client.post("/operator/outside/confirm/").status_code == 409
    assert OutsideAccount.objects.get().person == grant.person


@pytest.fixture
def admin(grant):
    return GrantFactory(community=grant.community, role=Role.COMMUNITY_ADMIN).person


def invited(admin, grant):
    desk = PlatformClient()
    desk.sign_in(admin)
    page = f"/{grant.community.slug}/admin-desk/staff/outside/"
    provider = OutsideProvider.objects.get()
    answer = desk.post(page, {"login": grant.person.login, "provider": provider.pk})
    found = re.search(r"/operator/outside/invited/\?code=([\w-]+)", answer.content.decode())
    assert found, answer.content.decode()[-2000:]
    return found[0]


def test_an_invited_worker_links_and_comes_in_without_a_password(client, city, connected, grant, admin):
    address = invited(admin, grant)
    assert grant.person.login in client.get(address).content.decode()
    assert prove(client, city, "/operator/outside/invited/go/").url == "/operator/outside/accept/"
    assert grant.person.login in client.get("/operator/outside/accept/").content.decode()
    assert client.post("/operator/outside/accept/").url == "/staff/outside/misto/"
    come_back(client, city)
    assert client.session["_auth_user_id"] == str(grant.person_id)
    assert OutsideAccount.objects.get().linked_by == admin
    assert PlatformClient().get(address).status_code == 404, "an invitation works once"


def test_an_invitation_ends_in_three_days(client, connected, grant, admin):
    address = invited(admin, grant)
    OutsideInvitation.objects.update(expires_at=datetime.now(UTC))
    assert client.get(address).status_code == 404
    assert client.get("/operator/outside/invited/go/").status_code == 404
    assert client.post("/operator/outside/accept/").status_code == 404


def test_an_administrator_invites_nobody_who_also_works_elsewhere(connected, grant, admin):
    GrantFactory(person=grant.person)
    desk = PlatformClient()
    desk.sign_in(admin)
    page = f"/{grant.community.slug}/admin-desk/staff/outside/"
    answer = desk.post(page, {"login": grant.person.login, "provider": OutsideProvider.objects.get().pk})
    assert answer.status_code == 422
    assert not OutsideInvitation.objects.exists()


def test_an_administrator_unlinks_and_the_worker_is_out_at_once(client, city, linked, grant, admin):
    come_back(client, city)
    assert is_in(client)
    desk = PlatformClient()
    desk.sign_in(admin)
    page = f"/{grant.community.slug}/admin-desk/staff/outside/"
    assert grant.person.login in desk.get(page).content.decode()
    assert desk.post(f"{page}{linked.pk}/end/").status_code == 302
    assert client.get("/sign-in/sessions/").status_code == 302


def test_only_the_operator_connects_and_closes_a_provider(client, city, grant, admin):
    facts = {"name": "Місто", "code": "misto", "issuer": city.issuer, "client_id": "c", "secret": "таємниця",
             "second_factors": "mfa hwk", "community": ""}  # fmt: skip
    desk = PlatformClient()
    desk.sign_in(admin)
    assert desk.post("/operator/outside/", facts).status_code == 403
    client.sign_in(GrantFactory(community=None, role=Role.PLATFORM_OPERATOR).person)
    assert client.post("/operator/outside/", facts | {"issuer": "http://sso.example"}).status_code == 422
    assert client.post("/operator/outside/", facts).status_code == 302
    provider = OutsideProvider.objects.get()
    assert (provider.second_factors, provider.issuer) == (["mfa", "hwk"], city.issuer)
    assert "таємниця" not in client.get("/operator/outside/").content.decode()
    assert client.post("/operator/outside/", facts).status_code == 422
    assert client.post(f"/operator/outside/{provider.pk}/close/").status_code == 302
    assert client.post(f"/operator/outside/{provider.pk}/close/").status_code == 404


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
