"""Asking the register through «Трембіта»: what it answers, what it may do wrong, and what the person sees of it."""

import time
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import settings as by_hypothesis
from hypothesis import strategies as st

from edem.foundation.audit.models import AuditEntry
from edem.foundation.communities.tests.factories import CharterVersionFactory
from edem.foundation.events.testing import run_jobs
from edem.foundation.identity.errors import ProviderFault
from edem.foundation.identity.membership import trembita
from edem.foundation.identity.membership.asking import Outcome, ask_register
from edem.foundation.identity.membership.register import connected_register
from edem.foundation.identity.membership.xroad import Address, Fault, Question, body_of, written
from edem.foundation.identity.models import VaultReading
from edem.foundation.identity.queries import standing_of
from edem.foundation.identity.reading_xml import Unreadable, read_xml
from edem.foundation.identity.tests.factories import identified_resident
from edem.foundation.people.roles import Role
from edem.foundation.people.tests.factories import MARCH_1, GrantFactory
from edem.kernel.errors import Conflict, NotAllowed
from simulators.id_gov_ua.tax_number import tax_number
from simulators.trembita.running import CLIENT, SERVICE, journal_of, running_trembita, spoil_answers

BORN = date(1978, 9, 5)
TARAS = tax_number(BORN, 7719)
"""Whom id.gov.ua knows no address of, and the register does."""
CITY = "UA99010000000000010"

words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=30
)
NAMES = ("xRoadInstance", "memberClass", "memberCode", "subsystemCode", "serviceCode", "serviceVersion")


@given(st.lists(words, min_size=4, max_size=4), st.lists(words, min_size=5, max_size=6), words, words)
def test_whatever_stands_in_a_header_is_read_back_by_the_protocol(client, service, user, number):
    question = Question(
        client=Address(parts=tuple(client)), service=Address(parts=tuple(service)), user_id=user, message_id=number,
        body="<a/>",
    )  # fmt: skip
    root = read_xml(written(question))
    header = {each.local_name: each for each in root.children[0].children}
    assert list(header) == ["client", "service", "userId", "id", "protocolVersion"]
    assert [each.text for each in header["client"].children] == client
    assert [each.local_name for each in header["service"].children] == list(NAMES[: len(service)])
    assert (header["userId"].text, header["id"].text, header["protocolVersion"].text) == (user, number, "4.0")


@by_hypothesis(max_examples=200)
@given(st.binary(max_size=300))
def test_no_answer_does_more_than_be_unreadable(content):
    with pytest.raises((Unreadable, Fault)):
        body_of(content, message_id="1")


@pytest.mark.parametrize("text", ["", "A/B", "A/B/C/D/E/F/G", "A//C/D/E"])
def test_half_an_address_is_no_service(text):
    assert not Address.parse(text).is_service


# With the stand

SLOW = 12
"""Seconds, of a far side that is; ours waits three."""


@pytest.fixture(scope="module")
def stand_of_register():
    with running_trembita("--slow-seconds", f"{SLOW}") as address:
        yield address


@pytest.fixture
def register(stand_of_register, settings, monkeypatch):
    given = {"trembita_url": stand_of_register, "trembita_client": CLIENT, "trembita_service": SERVICE}
    settings.EDEM = settings.EDEM.model_copy(update=given)
    monkeypatch.setattr(trembita, "PATIENCE_SECONDS", 3.0)
    spoil_answers(stand_of_register, "none")
    return stand_of_register


@pytest.fixture
def taras(db):
    return identified_resident(tax_number=TARAS, born=BORN)


@pytest.fixture
def clerk(vyshnevohirsk):
    return GrantFactory(role=Role.CLERK, community=vyshnevohirsk).person


def asked(person, community, *, by=None, now=MARCH_1):
    return ask_register(person.pk, community_id=community.pk, by=by, now=now)


def test_the_registered_address_makes_a_member_and_the_person_sees_who_asked(register, vyshnevohirsk, taras, clerk):
    assert asked(taras, vyshnevohirsk, by=clerk) is Outcome.MEMBER
    standing = standing_of(taras, vyshnevohirsk, now=MARCH_1)
    assert (standing.settlement_code, standing.basis) == (CITY, "registered_address")
    reading = VaultReading.objects.get(purpose="register")
    assert (reading.person, reading.reader, reading.fields) == (taras, clerk, ["born_on", "tax_number"])
    assert AuditEntry.objects.get().act == "identity.ask_register"
    told = journal_of(register)[-1]
    assert told["client"] == CLIENT
    assert told["user"] == str(clerk.pk)


@pytest.mark.parametrize("mischief", ["nobody", "several", "another"])
def test_an_uncertain_answer_changes_nothing(register, vyshnevohirsk, taras, clerk, mischief):
    spoil_answers(register, mischief)
    assert asked(taras, vyshnevohirsk, by=clerk) is Outcome.UNKNOWN
    assert not standing_of(taras, vyshnevohirsk, now=MARCH_1).is_member


@pytest.mark.parametrize(
    ("mischief", "code"),
    [
        ("slow", "register_silent"),
        ("failure", "register_silent"),
        ("fault", "register_refuses"),
        ("broken_xml", "register_broken"),
        ("html", "register_broken"),
        ("other_message", "register_broken"),
        ("entity_bomb", "register_broken"),
        ("outside_entity", "register_broken"),
        ("huge", "register_broken"),
        ("deep", "register_broken"),
    ],
)
def test_whatever_the_far_side_does_wrong_is_a_refusal_in_a_moment(
    register, vyshnevohirsk, taras, clerk, mischief, code
):
    spoil_answers(register, mischief)
    began, worked = time.monotonic(), time.process_time()
    with pytest.raises(ProviderFault, match=code):
        asked(taras, vyshnevohirsk, by=clerk)
    assert time.process_time() - worked < 2
    assert time.monotonic() - began < SLOW
    assert not standing_of(taras, vyshnevohirsk, now=MARCH_1).is_member
    assert VaultReading.objects.filter(purpose="register").count() == 1  # it was asked, whatever came of it


def test_nobody_asks_without_a_right_or_twice_a_day(register, vyshnevohirsk, taras):
    stranger = GrantFactory(role=Role.CLERK).person
    with pytest.raises(NotAllowed, match=r"identity\.may_not_decide"):
        asked(taras, vyshnevohirsk, by=stranger)
    assert not VaultReading.objects.exists()
    spoil_answers(register, "nobody")
    asked(taras, vyshnevohirsk)
    with pytest.raises(Conflict, match=r"identity\.register_asked_lately"):
        asked(taras, vyshnevohirsk, now=MARCH_1 + timedelta(hours=23))
    asked(taras, vyshnevohirsk, now=MARCH_1 + timedelta(hours=25))


def test_whoever_has_no_tax_number_is_not_asked_about(register, vyshnevohirsk, db):
    person = identified_resident(tax_number="", document="СН482915")
    with pytest.raises(NotAllowed, match=r"identity\.register_needs_number"):
        asked(person, vyshnevohirsk)
    assert TARAS not in str(journal_of(register))


def test_without_an_agreement_there_is_no_register(vyshnevohirsk, taras):
    assert connected_register() is None
    with pytest.raises(Conflict, match=r"identity\.register_absent"):
        asked(taras, vyshnevohirsk)


def test_a_sign_in_without_an_address_asks_where_the_charter_allows(register, vyshnevohirsk, taras, client):
    client.force_login(taras)
    assert run_jobs(now=datetime.now(UTC)) == 0
    CharterVersionFactory(community=vyshnevohirsk, service="membership", values={"asks_register": True})
    sign_in_here(taras, vyshnevohirsk, client)
    run_jobs(now=datetime.now(UTC))
    assert standing_of(taras, vyshnevohirsk, now=datetime.now(UTC)).is_member
    sign_in_here(taras, vyshnevohirsk, client)
    assert VaultReading.objects.filter(purpose="register").count() == 1


def sign_in_here(person, community, client):
    """As on a community's own host, where the request knows whose it is."""
    from django.contrib.auth import user_logged_in

    request = RequestFactory().get("/")
    request.session, request.now, request.community = client.session, datetime.now(UTC), community
    request.session["sign_in_method"] = "bank_id"
    request.session.cycle_key()
    user_logged_in.send(sender=type(person), request=request, user=person)
