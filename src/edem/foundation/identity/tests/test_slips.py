"""The sign-in slip: one paper, one sign-in, something known besides; hopeless to guess, good for a short while."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.foundation.audit.models import AuditEntry
from edem.foundation.communities.tests.factories import CharterVersionFactory
from edem.foundation.identity.actions import withdraw_consent
from edem.foundation.identity.cnap.registering import Shown, find_person, register_person
from edem.foundation.identity.facts import assurance_of, pass_of
from edem.foundation.identity.models import SignIn, SignInSlip, VaultReading
from edem.foundation.identity.persons import slip_codes
from edem.foundation.identity.persons.confirming import confirm_proposal
from edem.foundation.identity.persons.naming import FullName
from edem.foundation.identity.persons.slips import ask_for_slip, cancel_slip, enter_with_slip, issue_slip
from edem.foundation.identity.tests.factories import identified_resident, tax_number_of
from edem.foundation.people.roles import Role
from edem.foundation.people.tests.factories import MARCH_1, GrantFactory
from edem.kernel.errors import Conflict, Invalid, NotAllowed

BORN = date(1958, 7, 4)
NUMBER = tax_number_of(BORN, 4821)
ANSWER = "04.07.1958"
GRANNY = Shown(name=FullName(last_name="Бойко", given_name="Марія"), number=NUMBER, born_on=BORN)


@given(st.text(slip_codes.ALPHABET, min_size=slip_codes.LENGTH, max_size=slip_codes.LENGTH))
def test_a_code_is_read_as_it_is_copied(code):
    assert set(slip_codes.new_code()) <= set(slip_codes.ALPHABET)
    for copied in (slip_codes.shown(code), slip_codes.shown(code).lower(), f" {code} ", code.replace("A", "А")):
        assert slip_codes.typed(copied) == code


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_a_code_or_an_answer(text):
    code = slip_codes.typed(text)
    assert code == "" or (len(code) == slip_codes.LENGTH and set(code) <= set(slip_codes.ALPHABET))
    answer = slip_codes.answer_typed(text)
    assert answer == "" or answer.startswith(("born:", "tail:"))


@given(st.dates(date(1900, 1, 1), date(2026, 1, 1)))
def test_every_day_of_birth_can_be_typed_as_people_write_it(day):
    known = slip_codes.known_things(born_on=day.isoformat(), numbers=[])
    for typed in (f"{day:%d.%m.%Y}", f"{day.day}.{day.month}.{day.year}", f"{day:%d-%m-%Y}"):
        assert slip_codes.answer_typed(typed) in known


@pytest.fixture
def clerks(vyshnevohirsk):
    return [GrantFactory(role=Role.CLERK, community=vyshnevohirsk).person for _ in range(2)]


@pytest.fixture
def granny(vyshnevohirsk, clerks):
    return register_person(GRANNY, community_id=vyshnevohirsk.pk, by=clerks[0], now=MARCH_1)


def issued(person, community, by, *, now=MARCH_1):
    return issue_slip(person.pk, community_id=community.pk, by=by, now=now)


@pytest.mark.django_db
@pytest.mark.parametrize("answer", [ANSWER, "4.7.1958", NUMBER[-4:]])
def test_the_code_and_what_the_person_knows_let_in_once(vyshnevohirsk, clerks, granny, answer):
    printed = issued(granny, vyshnevohirsk, clerks[0])
    assert enter_with_slip(printed.code, answer, now=MARCH_1).person == granny
    with pytest.raises(NotAllowed, match=r"identity\.slip_refused"):
        enter_with_slip(printed.code, answer, now=MARCH_1)


@pytest.mark.django_db
def test_neither_the_code_nor_the_answer_is_in_the_database(vyshnevohirsk, clerks, granny):
    printed = issued(granny, vyshnevohirsk, clerks[0])
    row = SignInSlip.objects.get()
    for kept in (bytes(row.code_hash), bytes(row.answers), str(AuditEntry.objects.values_list("facts")).encode()):
        assert printed.code.replace("-", "").encode() not in kept
        assert NUMBER[-4:].encode() not in kept
    assert VaultReading.objects.get(purpose="sign_in").person == granny


@pytest.mark.django_db
def test_five_wrong_answers_end_the_slip(vyshnevohirsk, clerks, granny):
    printed = issued(granny, vyshnevohirsk, clerks[0])
    for number in range(slip_codes.MOST_WRONG_ANSWERS):
        with pytest.raises(NotAllowed, match=r"identity\.slip_refused"):
            enter_with_slip(printed.code, f"0{number}.01.1990", now=MARCH_1)
    with pytest.raises(NotAllowed, match=r"identity\.slip_refused"):
        enter_with_slip(printed.code, ANSWER, now=MARCH_1)
    assert enter_with_slip(issued(granny, vyshnevohirsk, clerks[0]).code, ANSWER, now=MARCH_1)


@pytest.mark.django_db
def test_a_slip_is_good_for_the_days_of_the_charter_and_till_a_newer_one(vyshnevohirsk, clerks, granny):
    first, second = (issued(granny, vyshnevohirsk, clerks[0]) for _ in range(2))
    with pytest.raises(NotAllowed):
        enter_with_slip(first.code, ANSWER, now=MARCH_1)
    with pytest.raises(NotAllowed):
        enter_with_slip(second.code, ANSWER, now=second.expires_at)
    assert second.expires_at == MARCH_1 + timedelta(days=3)
    cancel_slip(granny.pk, community_id=vyshnevohirsk.pk, by=clerks[1], now=MARCH_1)
    with pytest.raises(NotAllowed):
        enter_with_slip(second.code, ANSWER, now=MARCH_1)


@pytest.mark.django_db
def test_a_slip_printed_before_the_keys_were_changed_is_good_to_its_end(vyshnevohirsk, clerks, granny, settings):
    printed = issued(granny, vyshnevohirsk, clerks[0])
    ring = f"2:{'ab' * 32},1:{settings.EDEM.vault_key}"
    settings.EDEM = settings.EDEM.model_copy(update={"vault_key": ring})
    assert enter_with_slip(printed.code, ANSWER, now=MARCH_1).person == granny


@pytest.mark.django_db
def test_where_the_charter_wants_two_one_asks_and_another_allows_once(vyshnevohirsk, clerks, granny):
    values = {"slip_two_clerks": True, "slip_assurance": "low", "slip_minutes": 15}
    CharterVersionFactory(community=vyshnevohirsk, service="membership", values=values)
    asked = {"community_id": vyshnevohirsk.pk, "now": MARCH_1}
    with pytest.raises(NotAllowed, match=r"identity\.slip_needs_second"):
        issued(granny, vyshnevohirsk, clerks[0])
    proposal = ask_for_slip(granny.pk, evidence="паспорт, бачив спеціаліст", by=clerks[0], **asked)
    confirm_proposal(proposal.pk, by=clerks[1], now=MARCH_1)
    printed = issued(granny, vyshnevohirsk, clerks[0])
    assert SignInSlip.objects.get().confirmed_by == clerks[1]
    with pytest.raises(NotAllowed, match=r"identity\.slip_needs_second"):
        issued(granny, vyshnevohirsk, clerks[0])

    enter_with_slip(printed.code, ANSWER, now=MARCH_1)
    SignIn.objects.create(person=granny, session_key="s", method="cnap_slip", started_at=MARCH_1)
    assert assurance_of(granny) == "low"
    assert pass_of(granny, session_key="s", now=MARCH_1).assurance == "low"


@pytest.mark.django_db
def test_where_the_council_has_no_slips_none_is_printed(vyshnevohirsk, clerks, granny):
    CharterVersionFactory(community=vyshnevohirsk, service="sign_in", values={"methods": ["bank_id"]})
    with pytest.raises(NotAllowed, match=r"identity\.slips_off"):
        issued(granny, vyshnevohirsk, clerks[0])


# The person at the desk


@pytest.mark.django_db
def test_whom_a_clerk_wrote_down_is_the_same_person_when_they_come_with_a_bank(vyshnevohirsk, granny, clerks):
    assert identified_resident(tax_number=NUMBER, born=BORN) == granny
    found = find_person(NUMBER, community_id=vyshnevohirsk.pk, by=clerks[0], now=MARCH_1)
    assert found == granny
    with pytest.raises(Conflict, match=r"identity\.registered_already"):
        register_person(GRANNY, community_id=vyshnevohirsk.pk, by=clerks[0], now=MARCH_1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"born_on": BORN + timedelta(days=1)}, "birth_date_differs"),
        ({"born_on": MARCH_1.date()}, "birth_date_differs"),
        ({"number": "хто знає"}, "number_unreadable"),
        ({"number": "3184710692"}, "tax_number_wrong"),
        ({"name": FullName(last_name=" ", given_name="Марія")}, "no_name"),
    ],
)
def test_what_does_not_fit_together_in_the_document_is_said(vyshnevohirsk, clerks, more, code):
    shown = Shown(**({"name": GRANNY.name, "number": NUMBER, "born_on": BORN} | more))
    with pytest.raises(Invalid, match=code):
        register_person(shown, community_id=vyshnevohirsk.pk, by=clerks[0], now=MARCH_1)


@pytest.mark.django_db
def test_with_the_consent_the_slip_goes_and_nobody_else_s(vyshnevohirsk, clerks, granny):
    other = identified_resident()
    issued(granny, vyshnevohirsk, clerks[0])
    withdraw_consent(other, now=MARCH_1)
    assert SignInSlip.objects.get().person == granny
    withdraw_consent(granny, now=MARCH_1)
    assert not SignInSlip.objects.exists()
