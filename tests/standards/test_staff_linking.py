"""Whose account with the city's provider is whose here: linked by the worker, by an invitation, taken apart."""

import re
from datetime import UTC, datetime

import pytest

from edem.config.testing.clients import PlatformClient
from edem.foundation.audit.models import AuditEntry
from edem.foundation.people.models import OutsideAccount, OutsideInvitation, OutsideProvider
from edem.foundation.people.roles import Role
from edem.foundation.people.tests.factories import GrantFactory
from tests.standards.openid_provider import BACK, INSTALLED, SUBJECT, come_back, is_in

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.full,
    pytest.mark.skipif(not INSTALLED, reason="node_modules has no oidc-provider: ./edem setup brings it"),
]


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
    assert list(acts) == ["people.outside_linked", "people.outside_ended"]


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
