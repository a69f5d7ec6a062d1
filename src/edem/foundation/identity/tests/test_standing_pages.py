"""Why one may not act yet, and how an officer or the CNAP mends it; taking one's consent back."""

from datetime import timedelta

import pytest

from edem.foundation.audit.models import AuditEntry
from edem.foundation.identity.jobs import forget_what_is_over
from edem.foundation.identity.models import HandOver, MembershipFact, RevokedSession, SignIn, VaultRecord
from edem.foundation.identity.tests.factories import claims_of, identified_resident
from edem.foundation.people.roles import Role
from edem.foundation.people.tests.factories import MARCH_1, GrantFactory, PersonFactory

pytestmark = pytest.mark.django_db

HOME = "/vyshnevohirsk"
CITY = "UA99010000000000010"


@pytest.fixture
def clerk(resident, vyshnevohirsk):
    """A clerk's browser, signed in with both factors."""
    person = GrantFactory(role=Role.CLERK, community=vyshnevohirsk).person
    browser = resident.another()
    browser.post("/staff/sandbox/", {"person": person.pk})
    return browser


def text_of(answer):
    return answer.content.decode()


def test_a_newcomer_without_a_community_reads_why_and_what_to_do(resident, vyshnevohirsk):
    vyshnevohirsk.cnap_address = "вул. Садова, 1"
    vyshnevohirsk.save()
    resident.force_login(identified_resident())
    page = text_of(resident.get(f"{HOME}/sign-in/why/"))
    assert "Ми не знаємо, що ви з цієї громади." in page
    assert "вул. Садова, 1" in page


def test_a_member_too_young_for_it_reads_from_what_age(resident, vyshnevohirsk):
    resident.force_login(identified_resident(vyshnevohirsk))
    assert "можете підписувати" in text_of(resident.get(f"{HOME}/sign-in/why/?age=16"))
    page = text_of(resident.get(f"{HOME}/sign-in/why/?age=99"))
    assert "99" in page
    assert "Що зробити" in page


def test_a_clerk_finds_a_person_by_their_document_and_confirms_the_place(clerk, vyshnevohirsk):
    claims = claims_of()
    person = identified_resident(tax_number=claims.tax_number)
    found = clerk.post(f"{HOME}/members/", {"number": f" {claims.tax_number} "})
    assert found.url == f"{HOME}/members/{person.pk}/"
    page = text_of(clerk.get(found.url))
    assert person.display_name in page
    assert claims.tax_number not in page

    proof = {"kind": "officer", "settlement": CITY, "evidence": "витяг про місце проживання"}
    assert clerk.post(f"{found.url}prove/", proof).url == found.url
    fact = MembershipFact.objects.get()
    assert (fact.person, fact.settlement_code, fact.basis) == (person, CITY, "officer")
    assert "Припинити членство" in text_of(clerk.get(found.url))
    acts = AuditEntry.objects.order_by("pk")
    assert [act.act for act in acts] == ["identity.find_person", "identity.decide_membership"]
    assert claims.tax_number not in str([(act.facts, act.subject_id) for act in acts])

    clerk.post(f"{found.url}end/")
    assert MembershipFact.objects.get().until is not None


@pytest.mark.parametrize(("number", "words"), [("3184710691", "Такої людини"), ("3184710692", "з помилкою"), ("", "")])
def test_who_is_not_found_is_said_on_the_form(clerk, vyshnevohirsk, number, words):
    answer = clerk.post(f"{HOME}/members/", {"number": number})
    assert answer.status_code == 422
    assert words in text_of(answer)


def test_evidence_with_a_number_is_refused_and_kept_on_the_form(clerk, vyshnevohirsk):
    person = identified_resident()
    proof = {"kind": "officer", "settlement": CITY, "evidence": "паспорт СН482915"}
    answer = clerk.post(f"{HOME}/members/{person.pk}/prove/", proof)
    assert answer.status_code == 422
    assert "без номерів" in text_of(answer)
    assert not MembershipFact.objects.exists()


def test_only_those_who_decide_see_these_pages(resident, vyshnevohirsk):
    moderator = GrantFactory(role=Role.MODERATOR, community=vyshnevohirsk).person
    resident.post("/staff/sandbox/", {"person": moderator.pk})
    assert resident.get(f"{HOME}/members/").status_code == 403
    assert resident.get(f"{HOME}/members/{PersonFactory().pk}/").status_code == 403


def test_staff_are_not_made_members(clerk, vyshnevohirsk):
    assert clerk.get(f"{HOME}/members/{PersonFactory(staff=True).pk}/").status_code == 404


def test_consent_is_taken_back_after_reading_what_will_be_lost(resident, vyshnevohirsk):
    resident.force_login(identified_resident(vyshnevohirsk))
    assert "залишаться чинними" in text_of(resident.get(f"{HOME}/sign-in/withdraw/"))
    assert VaultRecord.objects.exists()
    assert "Ваші дані видалено" in text_of(resident.post(f"{HOME}/sign-in/withdraw/"))
    assert not VaultRecord.objects.exists()
    assert "_auth_user_id" not in resident.session


def test_every_night_what_is_over_is_forgotten(vyshnevohirsk):
    person = identified_resident()
    for number, age in enumerate((timedelta(days=2), timedelta(0))):
        began = MARCH_1 - age
        SignIn.objects.create(person=person, session_key=f"s{number}", method="bank_id", started_at=began)
        RevokedSession.objects.create(session_key=f"s{number}", until=began + timedelta(minutes=1))
        HandOver.objects.create(
            code_hash=bytes([number]), browser_hash="b", person=person, community=vyshnevohirsk, next_path="/",
            method="bank_id", second_factor=False, expires_at=began + timedelta(minutes=1),
        )  # fmt: skip
    forget_what_is_over(MARCH_1)
    assert list(SignIn.objects.filter(ended_at__isnull=True).values_list("session_key", flat=True)) == ["s1"]
    assert RevokedSession.objects.get().session_key == "s1"
    assert bytes(HandOver.objects.get().code_hash) == b"\x01"
