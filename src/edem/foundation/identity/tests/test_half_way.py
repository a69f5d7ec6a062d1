"""The password is given and the code not yet: whoever ends the worker's sign-ins ends this one too, at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Event
from time import monotonic

import pytest
from allauth.account import app_settings
from django.core.cache import cache
from django.db import connection, transaction

from edem.config.testing.clients import PlatformClient
from edem.foundation.identity.actions import end_all_sessions, end_session
from edem.foundation.identity.models import SignIn
from edem.foundation.people.actions import close_account, end_role
from edem.foundation.people.half_way import begin_half_way, finish_half_way
from edem.foundation.people.models import HalfSignIn
from edem.foundation.people.roles import Role
from edem.foundation.people.tests.factories import PASSWORD, GrantFactory, with_authenticator_app
from edem.foundation.people.tests.test_pages import code_of, sign_in

pytestmark = pytest.mark.django_db(transaction=True)

NEW_PASSWORD = "чотири довгі груші"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def grant():
    return GrantFactory()


@pytest.fixture
def secret(grant):
    return with_authenticator_app(grant.person)


@pytest.fixture
def half_way(grant, secret):
    """A browser on the page that asks for the code."""
    browser = PlatformClient()
    assert sign_in(browser, grant.person).url == "/staff/sign-in/code/"
    return browser


def show_code(browser, secret):
    return browser.post("/staff/sign-in/code/", {"code": code_of(secret)})


def is_in(browser) -> bool:
    return "_auth_user_id" in browser.session


def leaves_everywhere(grant):
    end_all_sessions(grant.person, now=datetime.now(UTC))


def loses_a_role(grant):
    admin = GrantFactory(community=grant.community, role=Role.COMMUNITY_ADMIN).person
    end_role(grant.pk, by=admin, now=datetime.now(UTC))


def is_dismissed(grant):
    admin = GrantFactory(community=grant.community, role=Role.COMMUNITY_ADMIN).person
    close_account(grant.person_id, community_id=grant.community_id, by=admin, now=datetime.now(UTC))


def changes_the_password(grant):
    at_home = PlatformClient()
    at_home.sign_in(grant.person)
    given = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert at_home.post("/staff/password/", given).status_code == 302
    grant.person.refresh_from_db()
    assert grant.person.check_password(NEW_PASSWORD)


@pytest.mark.parametrize("happens", [leaves_everywhere, loses_a_role, is_dismissed, changes_the_password])
def test_the_code_opens_nothing_once_the_sign_ins_were_ended(grant, secret, half_way, happens):
    happens(grant)
    answer = show_code(half_way, secret)
    assert (answer.status_code, answer.url) == (302, "/staff/sign-in/")
    assert not is_in(half_way)
    assert not HalfSignIn.objects.exists()
    assert half_way.get("/staff/sign-in/").status_code == 200, "one may begin anew"


def test_the_page_itself_leads_back_to_the_beginning(grant, half_way):
    leaves_everywhere(grant)
    assert half_way.get("/staff/sign-in/code/").url == "/staff/sign-in/"


def test_what_is_not_ended_goes_on_and_leaves_nothing_behind(grant, secret, half_way):
    at_home = PlatformClient()
    at_home.sign_in(grant.person)
    end_session(grant.person, SignIn.objects.get().pk, now=datetime.now(UTC))
    leaves_everywhere(GrantFactory())
    assert show_code(half_way, secret).url == "/staff/enter/"
    assert is_in(half_way)
    assert not HalfSignIn.objects.exists()


def test_a_wrong_code_leaves_it_half_way(secret, half_way):
    assert half_way.post("/staff/sign-in/code/", {"code": "000000"}).status_code == 200
    assert show_code(half_way, secret).url == "/staff/enter/"


def test_it_lasts_as_long_as_allauth_waits_and_old_ones_are_not_kept(grant):
    now = datetime.now(UTC)
    number = begin_half_way(grant.person, through="", named="", now=now)
    life = timedelta(seconds=app_settings.LOGIN_TIMEOUT)
    with transaction.atomic():
        assert not finish_half_way(grant.person, number, now=now + life)
        assert not finish_half_way(GrantFactory().person, number, now=now), "somebody else's"
        assert not finish_half_way(grant.person, "nonsense", now=now)
    begin_half_way(grant.person, through="", named="", now=now + life)
    assert not HalfSignIn.objects.filter(pk=number).exists()


def somebody_waits_for_us() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))")
        return cursor.fetchone() is not None


def test_a_sign_in_finished_at_the_very_moment_of_the_end_is_ended_as_well(grant):
    """On two connections: the end waits for the commit of the second factor, and then sees the session it made."""
    now = datetime.now(UTC)
    number = begin_half_way(grant.person, through="", named="", now=now)

    def end():
        try:
            end_all_sessions(grant.person, now=now)
        finally:
            connection.close()

    pause, until = Event(), monotonic() + 20
    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            assert finish_half_way(grant.person, number, now=now)
            ending = other.submit(end)
            while not somebody_waits_for_us():
                assert monotonic() < until, "nobody waits"
                pause.wait(0.01)
            SignIn.objects.create(person=grant.person, session_key="just made", method="password", started_at=now)
        ending.result(timeout=20)
    assert SignIn.objects.get().ended_at == now
