"""A session that goes on by another key, or is signed in to again, stays in its owner's list and can be ended."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache

from edem.config.testing.clients import PlatformClient
from edem.foundation.identity.actions import end_all_sessions
from edem.foundation.identity.models import RevokedSession, SignIn
from edem.foundation.identity.tests.factories import identified_resident
from edem.foundation.people.models import Person
from edem.foundation.people.tests.factories import PASSWORD, GrantFactory

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "чотири довгі груші"
PAGE = "/sign-in/sessions/"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def test_a_new_password_ends_all_other_sessions_and_the_own_one_can_still_be_ended():
    worker = GrantFactory().person
    here, stolen = PlatformClient(), PlatformClient()
    for browser in (here, stolen):
        browser.sign_in(worker)
    old_key = here.session.session_key
    given = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert here.post("/staff/password/", given).status_code == 302

    assert stolen.get(PAGE).status_code == 302
    assert here.get(PAGE).status_code == 200
    assert here.session.session_key != old_key
    open_ones = SignIn.objects.filter(ended_at=None)
    assert [each.session_key for each in open_ones] == [here.session.session_key]
    assert RevokedSession.objects.filter(session_key=old_key).exists(), "nothing sealed under the old key is taken"

    end_all_sessions(worker, now=datetime.now(UTC))
    assert here.get(PAGE).status_code == 302


@pytest.mark.usefixtures("stand", "vyshnevohirsk")
def test_a_second_tab_that_comes_back_later_is_the_same_session(resident):
    resident.sign_in("1001")
    resident.post("/sign-out/")
    one, two = resident.start(next_path="/one"), resident.start(next_path="/two")
    assert resident.get(resident.choose(one)).url == "/one"
    assert resident.get(resident.choose(two)).url == "/two"
    assert resident.get(PAGE).status_code == 200
    assert SignIn.objects.filter(ended_at=None).count() == 1


@pytest.mark.usefixtures("stand", "vyshnevohirsk")
def test_whoever_comes_in_over_somebody_else_ends_that_session_and_is_known_by_the_own_way(resident):
    resident.sign_in("1001")
    resident.post("/sign-out/")
    resident.another().sign_in("1002", method="dig_sign")
    second = resident.start(method="dig_sign", next_path="/two")
    assert resident.get(resident.choose(resident.start())).url == "/"
    first = SignIn.objects.filter(ended_at=None).latest("pk")

    assert resident.get(resident.choose(second, "1002")).url == "/two"
    first.refresh_from_db()
    assert first.ended_at is not None
    mine = SignIn.objects.get(session_key=resident.session.session_key)
    assert mine.person != first.person
    assert mine.method == "dig_sign"
    assert Person.objects.count() == 2


def test_a_key_that_is_only_looked_for_renames_nobody():
    person, other = identified_resident(), identified_resident()
    browser, others = PlatformClient(), PlatformClient()
    browser.force_login(person)
    others.force_login(other)
    session = browser.session
    session.cycle_key()
    session.save()
    assert SignIn.objects.get(person=person).session_key == session.session_key
    assert SignIn.objects.get(person=other).session_key == others.session.session_key
