"""The way of staff through password and second factor, as their browser walks it."""

import re
from datetime import UTC, datetime, timedelta
from time import time

import pytest
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache

from edem.config.testing.at_once import at_once
from edem.config.testing.clients import PlatformClient
from edem.foundation.people.roles import Role
from edem.foundation.people.spent_codes import MEMORY_SECONDS, SPENT, spend_code
from edem.foundation.people.tests.factories import PASSWORD, GrantFactory, PersonFactory, with_authenticator_app

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def code_of(secret, *, later=0):
    """What the app shows now, or so many changes later."""
    return format_hotp_value(hotp_value(secret, int(time()) // app_settings.TOTP_PERIOD + later))


def sign_in(client, person, *, wanted="", password=PASSWORD):
    client.get("/staff/enter/", {"next": wanted})
    return client.post("/staff/sign-in/", {"login": person.login, "password": password, "next": "/staff/enter/"})


def test_password_then_code_then_the_wanted_page(client):
    person = GrantFactory().person
    secret = with_authenticator_app(person)
    assert sign_in(client, person, wanted="/hromada/desk/").url == "/staff/sign-in/code/"
    assert "_auth_user_id" not in client.session  # the password alone signs nobody in
    wrong = client.post("/staff/sign-in/code/", {"code": "000000"})
    assert "Неправильний код" in wrong.content.decode() or "Incorrect code" in wrong.content.decode()
    assert client.post("/staff/sign-in/code/", {"code": code_of(secret)}).url == "/staff/enter/"
    assert client.get("/staff/enter/").url == "/hromada/desk/"


def test_without_a_second_factor_one_is_made_to_set_it_up(client):
    grant = GrantFactory()
    assert sign_in(client, grant.person).url == "/staff/enter/"
    assert client.get("/staff/enter/").url == "/staff/second-factor/"
    assert "Налаштувати застосунок" in client.get("/staff/second-factor/").content.decode()
    page = client.get("/staff/second-factor/app/").content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page)[1]
    assert client.post("/staff/second-factor/app/", {"code": code_of(secret)}).url == "/staff/second-factor/codes/"
    codes = client.get("/staff/second-factor/codes/").content.decode()
    assert len(re.findall(r"<li><code>", codes)) == 10
    assert client.get("/staff/enter/").url == f"/{grant.community.slug}/desk/"
    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in stored


def test_a_recovery_code_opens_the_door_once(client):
    person = GrantFactory().person
    sign_in(client, person)
    secret = re.search(r"<code>([A-Z2-7]+)</code>", client.get("/staff/second-factor/app/").content.decode())[1]
    client.post("/staff/second-factor/app/", {"code": code_of(secret)})
    code = re.search(r"<li><code>(.+?)</code>", client.get("/staff/second-factor/codes/").content.decode())[1]
    client.post("/staff/sign-out/")
    sign_in(client, person)
    assert client.post("/staff/sign-in/code/", {"code": code}).status_code == 302
    client.post("/staff/sign-out/")
    sign_in(client, person)
    assert client.post("/staff/sign-in/code/", {"code": code}).status_code == 200


def test_a_code_of_the_app_works_once_in_whatever_process(client):
    person = GrantFactory().person
    secret = with_authenticator_app(person)
    code = code_of(secret)
    sign_in(client, person)
    assert client.post("/staff/sign-in/code/", {"code": code}).status_code == 302
    cache.clear()  # as in another process, which has not seen it
    for again in (code, f"{code[:3]} {code[3:]}"):
        thief = PlatformClient()
        sign_in(thief, person)
        assert thief.post("/staff/sign-in/code/", {"code": again}).status_code == 200
        assert "_auth_user_id" not in thief.session
    answer = client.post("/staff/again/code/", {"code": code})
    assert answer.status_code == 200, "nor for what is too grave to rest on the sign-in"


@pytest.mark.parametrize(("later", "is_taken"), [(0, True), (1, True), (-2, False), (3, False)])
def test_a_code_works_also_where_the_clocks_differ_by_one_change_and_no_more(client, later, is_taken):
    person = GrantFactory().person
    secret = with_authenticator_app(person)
    sign_in(client, person)
    answer = client.post("/staff/sign-in/code/", {"code": code_of(secret, later=later)})
    assert (answer.status_code == 302) is is_taken  # true as well where the code changes just now


def test_of_two_who_show_one_code_at_the_same_moment_one_comes_in():
    app, now = Authenticator.objects.get(user=with_app()), datetime.now(UTC)
    assert sorted(at_once(*[lambda: spend_code(app, "123456", now=now)] * 3)) == [False, False, True]
    assert spend_code(app, "123456", now=now + timedelta(seconds=MEMORY_SECONDS)), "the memory is short"
    app.refresh_from_db()
    assert len(app.data[SPENT]) == 1


def with_app():
    person = GrantFactory().person
    with_authenticator_app(person)
    return person


def test_a_wrong_password_says_so_and_signs_nobody_in(client):
    answer = sign_in(client, GrantFactory().person, password="не той")
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session


def test_a_resident_cannot_sign_in_with_a_password(client):
    resident = PersonFactory()
    for login in ("", "None", str(resident.pk)):
        answer = client.post("/staff/sign-in/", {"login": login, "password": ""})
        assert answer.status_code == 200


@pytest.mark.parametrize("evil", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_host_after_sign_in(client, evil):
    person = GrantFactory().person
    secret = with_authenticator_app(person)
    client.post("/staff/sign-in/", {"login": person.login, "password": PASSWORD, "next": evil})
    answer = client.post("/staff/sign-in/code/", {"code": code_of(secret)})
    assert "evil" not in answer.url
    assert "evil" not in client.get("/staff/enter/", {"next": evil}).url


def test_many_wrong_passwords_are_slowed_down(client):
    person = GrantFactory().person
    pages = [sign_in(client, person, password="не той").content.decode() for _ in range(7)]
    assert "Занадто багато" in pages[-1], re.findall(r"(?s)<div class=.error.*?</div>|field-error.*?</p>", pages[-1])


def test_nobody_can_sign_up(client):
    assert client.get("/staff/sign-up/").status_code == 404


@pytest.mark.parametrize("page", ["again/", "password/", "second-factor/keys/", "second-factor/keys/add/",
                                  "second-factor/codes/", "second-factor/codes/new/", "again/code/",
                                  "second-factor/app/off/", "sign-out/"])  # fmt: skip
def test_each_page_of_ones_own_shows_itself(client, page):
    person = GrantFactory().person
    sign_in(client, person)
    secret = re.search(r"<code>([A-Z2-7]+)</code>", client.get("/staff/second-factor/app/").content.decode())[1]
    client.post("/staff/second-factor/app/", {"code": code_of(secret)})
    answer = client.get(f"/staff/{page}")
    assert answer.status_code == 200
    assert "<h1>" in answer.content.decode()


def test_pages_of_ones_own_are_closed_to_visitors(client):
    assert client.get("/staff/second-factor/").url.startswith("/sign-in/?next=")


def test_the_sandbox_lists_sample_staff_and_signs_in_whole(client, settings):
    grant = GrantFactory(role=Role.MAYOR)
    assert grant.person.display_name in client.get("/staff/sandbox/").content.decode()
    assert client.post("/staff/sandbox/", {"person": grant.person.pk}).url == "/staff/enter/"
    assert client.get("/staff/enter/").url == f"/{grant.community.slug}/desk/"
    settings.SANDBOX = False
    assert client.get("/staff/sandbox/").status_code == 404
    assert client.post("/staff/sandbox/", {"person": grant.person.pk}).status_code == 404


def test_the_door_of_staff_points_to_the_sandbox_only_where_there_is_one(client, settings):
    assert "/staff/sandbox/" in client.get("/staff/sign-in/").content.decode()
    settings.SANDBOX = False
    assert "/staff/sandbox/" not in client.get("/staff/sign-in/").content.decode()


def test_the_sandbox_knows_only_its_own_people(client):
    assert client.post("/staff/sandbox/", {"person": "nobody"}).status_code == 404
    assert client.post("/staff/sandbox/", {"person": str(PersonFactory().pk)}).status_code == 404
