"""The CNAP desk in a browser: from a document on the table to a member, a slip in the hand, a proposal for a colleague."""

import re
from datetime import UTC, date, datetime

import pytest

from edem.foundation.communities.tests.factories import CharterVersionFactory
from edem.foundation.identity.actions import withdraw_consent
from edem.foundation.identity.cnap import proposal_pages
from edem.foundation.identity.models import MembershipFact, PersonMerge, Proposal, SignInSlip
from edem.foundation.identity.persons.slips import issue_slip
from edem.foundation.identity.tests.factories import claims_of, identified_resident, tax_number_of
from edem.foundation.people.models import Person
from edem.foundation.people.roles import Role
from edem.foundation.people.tests.factories import GrantFactory

pytestmark = pytest.mark.django_db

HOME, CITY = "/vyshnevohirsk", "UA99010000000000010"
BORN = date(1958, 7, 4)
NUMBER = tax_number_of(BORN, 4821)
GRANNY = {"last_name": "Бойко", "given_name": "Марія", "number": NUMBER, "born_on": "1958-07-04", "consents": "on"}


@pytest.fixture
def clerk(resident, vyshnevohirsk):
    return clerk_of(resident, vyshnevohirsk)


@pytest.fixture
def colleague(resident, vyshnevohirsk):
    return clerk_of(resident, vyshnevohirsk)


def clerk_of(resident, community):
    browser = resident.another()
    browser.post("/staff/sandbox/", {"person": GrantFactory(role=Role.CLERK, community=community).person.pk})
    return browser


def text_of(answer):
    return answer.content.decode()


def test_a_person_without_a_smartphone_from_the_door_to_the_slip(clerk, resident, vyshnevohirsk, monkeypatch):
    codes = []

    def issued(*args, **asked):
        codes.append(issue_slip(*args, **asked))
        return codes[-1]

    monkeypatch.setattr(proposal_pages, "issue_slip", issued)
    assert "Такої людини" in text_of(clerk.post(f"{HOME}/members/", {"number": NUMBER}))
    assert "не збігається" in text_of(clerk.post(f"{HOME}/members/new/", GRANNY | {"born_on": "1958-07-05"}))
    assert "паперову згоду" in text_of(clerk.post(f"{HOME}/members/new/", GRANNY | {"consents": ""}))
    page = clerk.post(f"{HOME}/members/new/", GRANNY).url
    assert "Бойко Марія" in text_of(clerk.get(page))
    proof = {"kind": "idp_certificate", "settlement": CITY, "evidence": "довідка ВПО", "issuer": "УСЗН"}
    assert "номер довідки" in text_of(clerk.post(f"{page}prove/", proof))
    assert clerk.post(f"{page}prove/", proof | {"reference": "3002-5"}).url == page
    assert "внутрішньо переміщеної" in text_of(clerk.get(page))
    assert "Надрукувати талон" in text_of(clerk.get(f"{page}slip/"))
    paper = clerk.post(f"{page}slip/print/")
    assert paper["Content-Type"] == "application/pdf"
    assert "no-store" in paper["Cache-Control"]
    assert paper.content.startswith(b"%PDF")
    assert "Один талон уже видано" in text_of(clerk.get(f"{page}slip/"))

    assert "Перевірте код" in text_of(resident.post("/sign-in/slip/", {"code": codes[0].code, "answer": "1.1.1958"}))
    entered = resident.post("/sign-in/slip/", {"code": codes[0].code.lower(), "answer": "4.07.1958"})
    assert entered.url == "/vyshnevohirsk/"
    assert resident.session.get_expiry_age() <= 30 * 60
    assert Person.objects.get(pk=resident.session["_auth_user_id"]).display_name == "Бойко Марія"
    assert "Ви можете підписувати" in text_of(resident.get(f"{HOME}/sign-in/why/"))
    again = resident.another().post("/sign-in/slip/", {"code": codes[0].code, "answer": "4.07.1958"})
    assert again.status_code == 422


def test_the_slip_is_one_of_the_ways_to_sign_in(resident, vyshnevohirsk):
    assert "Талон із ЦНАП" in text_of(resident.get("/sign-in/?community=vyshnevohirsk"))
    chosen = resident.post("/sign-in/", {"method": "cnap_slip", "community": "vyshnevohirsk", "next": "/"})
    assert chosen.url.startswith("/sign-in/slip/?")
    assert "slip.js" in text_of(resident.get(chosen.url))


def test_where_two_are_wanted_a_colleague_finds_it_on_their_desk(clerk, colleague, vyshnevohirsk):
    values = {"kinds": ["officer"], "two_clerks_for": ["officer"], "slip_two_clerks": True}
    CharterVersionFactory(community=vyshnevohirsk, service="membership", values=values)
    page = f"{HOME}/members/{identified_resident().pk}/"
    proof = {"kind": "officer", "settlement": CITY, "evidence": "паспорт, бачив спеціаліст"}
    waiting = clerk.post(f"{page}prove/", proof).url
    assert "Чекає на іншого працівника" in text_of(clerk.get(waiting))
    assert clerk.post(f"{waiting}confirm/").status_code == 403
    assert waiting in text_of(colleague.get(f"{HOME}/members/"))
    assert "паспорт, бачив спеціаліст" in text_of(colleague.get(waiting))
    assert colleague.post(f"{waiting}confirm/").url == page
    assert MembershipFact.objects.get().confirmed_by is not None
    assert "Підтверджено" in text_of(clerk.get(waiting))

    withdrawn = identified_resident()
    theirs = clerk.post(f"{HOME}/members/{withdrawn.pk}/prove/", proof).url
    withdraw_consent(withdrawn, now=datetime.now(UTC))
    assert "Дані видалено" in text_of(colleague.get(theirs))
    assert theirs not in text_of(colleague.get(f"{HOME}/members/"))

    assert "Потрібна згода" in text_of(clerk.get(f"{page}slip/"))
    assert clerk.post(f"{page}slip/print/").status_code == 403
    slip = clerk.post(f"{page}slip/ask/", {"evidence": "паспорт"}).url
    colleague.post(f"{slip}confirm/")
    assert not SignInSlip.objects.exists()
    assert clerk.post(f"{page}slip/print/")["Content-Type"] == "application/pdf"
    clerk.post(f"{page}slip/cancel/")
    assert SignInSlip.objects.get().ended_at is not None


def test_two_accounts_become_one_by_two_clerks_and_two_again(clerk, colleague, vyshnevohirsk):
    claims = claims_of(tax_number="", document="СН482915", last_name="Ткачук")
    kept = identified_resident(vyshnevohirsk)
    absorbed = identified_resident(tax_number="", document=claims.document, last_name="Ткачук")
    page = f"{HOME}/members/{kept.pk}/"
    assert "протягом 30 днів" in text_of(clerk.get(f"{page}merge/"))
    assert "Такої людини" in text_of(clerk.post(f"{page}merge/", {"number": "АА000000", "evidence": "паспорти"}))
    waiting = clerk.post(f"{page}merge/", {"number": "СН482915", "evidence": "паспорт і картка"}).url
    shown = text_of(colleague.get(waiting))
    assert kept.display_name in shown
    assert absorbed.display_name in shown
    assert "СН482915" not in shown
    colleague.post(f"{waiting}confirm/")
    merge = PersonMerge.objects.get()
    assert "Цей запис об’єднано" in text_of(clerk.get(f"{HOME}/members/{absorbed.pk}/"))
    assert clerk.post(f"{HOME}/members/", {"number": "СН482915"}).url == page

    part = f"{HOME}/members/merges/{merge.pk}/part/"
    assert part in text_of(clerk.get(page))
    assert "Що не повернеться" in text_of(clerk.get(part))
    back = colleague.post(part, {"evidence": "це двоє різних людей"}).url
    clerk.post(f"{back}confirm/")
    assert clerk.post(f"{HOME}/members/", {"number": "СН482915"}).url == f"{HOME}/members/{absorbed.pk}/"


def test_a_new_surname_is_declined_with_a_reason(clerk, colleague, vyshnevohirsk):
    person = identified_resident(vyshnevohirsk)
    page = f"{HOME}/members/{person.pk}/"
    name = {"last_name": "Ткачук", "given_name": "Олена", "middle_name": "Петрівна", "evidence": "свідоцтво про шлюб"}
    waiting = clerk.post(f"{page}name/", name).url
    assert "Ткачук Олена" in text_of(colleague.get(waiting))
    assert colleague.post(f"{waiting}decline/", {"note": ""}).status_code == 422
    assert colleague.post(f"{waiting}decline/", {"note": "немає печатки"}).url == page
    assert "немає печатки" in text_of(clerk.get(waiting))
    assert Person.objects.get(pk=person.pk).display_name.startswith("Коваленко")
    assert not bytes(Proposal.objects.get().terms)


@pytest.mark.parametrize("path", ["", "new/", "{person}/", "{person}/prove/", "{person}/name/", "{person}/merge/"])
def test_residents_and_other_staff_see_nothing_of_the_desk(resident, vyshnevohirsk, path):
    person = identified_resident(vyshnevohirsk)
    address = f"{HOME}/members/{path.format(person=person.pk)}"
    resident.force_login(person)
    assert resident.get(address).status_code in {302, 403}
    moderator = resident.another()
    moderator.post("/staff/sandbox/", {"person": GrantFactory(role=Role.MODERATOR, community=vyshnevohirsk).person.pk})
    assert moderator.get(address).status_code == 403


def test_a_clerk_of_another_community_finds_no_proposals_of_this_one(clerk, resident, vyshnevohirsk):
    CharterVersionFactory(community=vyshnevohirsk, service="membership", values={"slip_two_clerks": True})
    person = identified_resident()
    waiting = clerk.post(f"{HOME}/members/{person.pk}/slip/ask/", {"evidence": "паспорт"}).url
    stranger = GrantFactory(role=Role.CLERK)
    other = resident.another()
    other.post("/staff/sandbox/", {"person": stranger.person.pk})
    moved = re.sub(r"^/vyshnevohirsk", f"/{stranger.community.slug}", waiting)
    assert other.get(moved).status_code == 404
    assert other.post(f"{moved}confirm/").status_code == 404
