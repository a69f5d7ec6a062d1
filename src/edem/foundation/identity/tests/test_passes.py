"""The sealed act pass: what it carries, and that a forged, old or revoked one does not open."""

from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from edem.foundation.identity import revocations
from edem.foundation.identity.actions import end_all_sessions, end_session
from edem.foundation.identity.facts import mark_of
from edem.foundation.identity.models import RevokedSession, SignIn
from edem.foundation.identity.passes import COOKIE, LIFE, open_pass, pass_of, seal_pass
from edem.foundation.identity.purposes import ACT_PURPOSES, MarkPurpose
from edem.foundation.identity.queries import revoked_sessions, sessions_of, standing_of
from edem.foundation.identity.tests.factories import identified_resident
from edem.foundation.people.tests.factories import MARCH_1, CommunityFactory, PersonFactory
from edem.kernel.errors import Missing, NotAllowed


@pytest.fixture
def person(db):
    return identified_resident(CommunityFactory())


def sealed_for(person, now=MARCH_1, session_key="s1"):
    return seal_pass(pass_of(person, session_key=session_key, now=now))


def test_the_pass_carries_dated_eligibility_and_nothing_that_identifies(person):
    community_id = person.memberships.get().community_id
    act_pass = pass_of(person, session_key="s1", now=MARCH_1)
    assert open_pass(seal_pass(act_pass), MARCH_1) == act_pass
    assert act_pass.memberships[0][0] == community_id
    assert act_pass.age == 41
    assert act_pass.expires_at == MARCH_1 + LIFE
    assert set(act_pass.marks) == set(ACT_PURPOSES)
    for purpose in ACT_PURPOSES:
        assert act_pass.mark_under(purpose, key_version=1) == mark_of(person, purpose, now=MARCH_1)
    assert MarkPurpose.SIGN_IN not in act_pass.marks
    assert act_pass.standing_in(community_id) == standing_of(person, community_id, now=MARCH_1)
    assert not act_pass.standing_in(community_id + 1).is_member
    assert "Коваленко" not in sealed_for(person)


def test_the_pass_lives_ten_minutes(person):
    sealed = sealed_for(person)
    assert open_pass(sealed, MARCH_1 + LIFE - timedelta(seconds=1))
    assert open_pass(sealed, MARCH_1 + LIFE) is None


def test_a_pass_with_any_letter_changed_does_not_open(person):
    sealed = sealed_for(person)
    for place in range(0, len(sealed) - 2, 7):  # the last letter may carry bits that base64 ignores
        letter = "A" if sealed[place] != "A" else "B"
        assert open_pass(sealed[:place] + letter + sealed[place + 1 :], MARCH_1) is None


@given(st.text(max_size=300))
def test_nonsense_is_no_pass(text):
    assert open_pass(text, MARCH_1) is None


def test_a_pass_of_an_ended_session_does_not_open(person):
    sealed = sealed_for(person)
    revocations.add("s1")
    assert open_pass(sealed, MARCH_1) is None
    assert open_pass(sealed_for(person, session_key="s2"), MARCH_1)


def test_the_list_of_revocations_does_not_grow_for_ever(monkeypatch):
    monkeypatch.setattr(revocations, "MOST", 3)
    revocations.load(["a", "b", "c", "d"])
    assert not revocations.is_revoked("a")
    assert all(map(revocations.is_revoked, "bcd"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("stand")
def test_the_cookie_comes_with_the_sign_in_and_goes_with_the_sign_out(resident, vyshnevohirsk):
    resident.sign_in("1001")
    cookie = resident.cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 600
    sign_in = SignIn.objects.get()
    assert open_pass(cookie.value, sign_in.started_at).session_key == resident.session.session_key

    resident.get("/sign-in/welcome/")
    assert resident.cookies[COOKIE].value == cookie.value  # still fresh: not sealed anew at each page

    resident.post("/sign-out/")
    assert resident.cookies[COOKIE].value == ""
    assert open_pass(cookie.value, sign_in.started_at) is None
    assert revoked_sessions(sign_in.started_at) == [sign_in.session_key]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("stand")
def test_a_pass_is_renewed_before_it_ends_and_a_strangers_is_replaced(resident, vyshnevohirsk):
    resident.sign_in("1001")
    person = SignIn.objects.get().person
    now = SignIn.objects.get().started_at
    old = seal_pass(pass_of(person, session_key=resident.session.session_key, now=now - LIFE * 0.6))
    strangers = seal_pass(pass_of(identified_resident(), session_key="other", now=now))
    for held in (old, strangers, "nonsense"):
        resident.cookies[COOKIE] = held
        resident.get("/sign-in/welcome/")
        assert open_pass(resident.cookies[COOKIE].value, now).person_id == person.pk
        assert resident.cookies[COOKIE].value != held


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("stand")
def test_a_session_ended_from_another_device_is_told_to_every_process(resident, vyshnevohirsk):
    resident.sign_in("1001")
    phone = resident.another(**{"user-agent": "Mozilla/5.0 (Linux; Android 14) Firefox/128.0"})
    phone.sign_in("1001")
    on_phone, at_home = sessions_of(SignIn.objects.earliest("pk").person)
    assert on_phone.device == "Firefox, Android"

    listener = connection.get_new_connection(connection.get_connection_params() | {"autocommit": True})
    listener.execute("LISTEN pass_revoked")
    page = resident.get("/sign-in/sessions/").content.decode()
    assert "Firefox, Android" in page
    assert on_phone.session_key not in page
    assert resident.post("/sign-in/sessions/", {"session": on_phone.pk}).status_code == 302

    told = [note.payload for note in listener.notifies(timeout=5, stop_after=1)]
    listener.close()
    assert told == [on_phone.session_key]
    assert phone.get("/sign-in/welcome/").status_code == 302
    assert resident.get("/sign-in/welcome/").status_code == 200
    with pytest.raises(Missing):
        end_session(at_home.person, on_phone.pk, now=MARCH_1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("stand")
def test_nobody_ends_a_session_of_somebody_else(resident, vyshnevohirsk):
    resident.sign_in("1001")
    sign_in = SignIn.objects.get()
    with pytest.raises(Missing):
        end_session(identified_resident(), sign_in.pk, now=MARCH_1)
    end_all_sessions(sign_in.person, now=MARCH_1)
    assert resident.get("/sign-in/welcome/").status_code == 302


def test_revocations_are_kept_only_while_they_matter(db):
    RevokedSession.objects.create(session_key="old", until=MARCH_1)
    RevokedSession.objects.create(session_key="new", until=MARCH_1 + timedelta(seconds=1))
    assert revoked_sessions(MARCH_1) == ["new"]


def test_who_never_came_through_id_gov_ua_is_refused_and_not_crashed_on(db):
    act_pass = pass_of(PersonFactory(), session_key="s", now=MARCH_1)
    with pytest.raises(NotAllowed, match=r"identity\.not_identified"):
        act_pass.marks[MarkPurpose.PETITION]


def test_a_session_that_is_not_there_is_said_to_be_over(resident, db):
    resident.force_login(identified_resident())
    for chosen in ("", "x", "999999"):
        assert resident.post("/sign-in/sessions/", {"session": chosen}).status_code == 404
