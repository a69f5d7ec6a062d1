"""A resident's whole way through the real stand of id.gov.ua, and everything that may go wrong on it."""

import logging

import pytest
from django.contrib.sessions.models import Session

from edem.foundation.identity.charter import METHOD_GROUPS
from edem.foundation.identity.claims import Method
from edem.foundation.identity.forms import MethodForm
from edem.foundation.identity.models import Consent, MembershipFact, SignIn, VaultRecord
from edem.foundation.identity.queries import standing_of
from edem.foundation.identity.tests.conftest import offer
from edem.foundation.people.models import Person
from edem.foundation.people.tests.factories import GrantFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stand")]

OLENA = ("3075222489", "Коваленко", "Садова", "380501110001", "olena.kovalenko")


def text_of(answer):
    return answer.content.decode()


def test_a_newcomer_reads_consents_and_is_a_member_of_her_community(resident, vyshnevohirsk):
    answer = resident.come("1001", next_path="/vyshnevohirsk/petitions/5")
    assert answer.url == "/sign-in/consent/"
    assert not Person.objects.exists()  # nothing is stored before consent
    page = text_of(resident.get("/sign-in/consent/"))
    assert "Коваленко Олена Петрівна" in page
    assert "2297-VI" in page

    assert resident.post("/sign-in/consent/", {"agrees": "on"}).url == "/sign-in/welcome/"
    welcome = text_of(resident.get("/sign-in/welcome/"))
    assert vyshnevohirsk.name in welcome
    assert 'href="/vyshnevohirsk/petitions/5"' in welcome

    person = Person.objects.get()
    assert person.display_name == "Коваленко Олена Петрівна"
    assert not person.has_usable_password()
    fact = MembershipFact.objects.get()
    assert (fact.community, fact.settlement_code, fact.basis) == (
        vyshnevohirsk,
        "UA99010000000000010",
        "registered_address",
    )
    assert "Садова" not in fact.evidence
    standing = standing_of(person, vyshnevohirsk, now=fact.decided_at)
    assert standing.is_member
    assert standing.age >= 41
    assert standing.assurance == "substantial"


def test_without_consent_nothing_is_written(resident, vyshnevohirsk):
    resident.come("1001")
    answer = resident.post("/sign-in/consent/", {})
    assert answer.status_code == 422
    assert "Позначте згоду" in text_of(answer)
    assert not Person.objects.exists()
    stored = " ".join(str(session.get_decoded()) for session in Session.objects.order_by("pk"))
    assert not any(word in stored for word in OLENA)


def test_later_sign_ins_find_the_same_person_by_any_method(resident, vyshnevohirsk):
    resident.sign_in("1001", method="bank_id")
    first = Person.objects.get()
    resident.post("/sign-out/")
    answer = resident.come("1001", method="dig_sign", next_path="/vyshnevohirsk/")
    assert answer.url == "/vyshnevohirsk/"
    assert Person.objects.get() == first
    assert Consent.objects.count() == 1
    assert list(SignIn.objects.order_by("pk").values_list("method", flat=True)) == ["bank_id", "dig_sign"]


@pytest.mark.parametrize("person", ["1003", "1004", "1005", "1006", "1007", "1010", "1012"])
def test_each_trap_of_the_provider_still_lets_a_person_in(resident, vyshnevohirsk, person):
    assert resident.sign_in(person).url == "/sign-in/welcome/"
    name = Person.objects.get().display_name
    assert "n/a" not in name
    assert resident.get("/sign-in/welcome/").status_code == 200


def test_who_has_no_address_is_told_what_to_do(resident, vyshnevohirsk):
    resident.sign_in("1007")
    assert not MembershipFact.objects.exists()
    assert "зверніться до ЦНАП" in text_of(resident.get("/sign-in/welcome/"))


def test_who_lives_elsewhere_is_no_member_here(resident, vyshnevohirsk):
    resident.sign_in("1009")
    assert not standing_of(Person.objects.get(), vyshnevohirsk, now=Person.objects.get().created_at).is_member


def test_shouted_localities_are_matched(resident, vyshnevohirsk):
    resident.sign_in("1010")
    assert MembershipFact.objects.get().community == vyshnevohirsk


def test_a_broken_tax_number_is_refused_kindly(resident):
    answer = resident.come("1011")
    assert answer.status_code == 422
    assert "з помилкою" in text_of(answer)
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("mischief", "status", "words"),
    [
        ("access_denied", 403, "Ви скасували вхід"),
        ("wrong_state", 403, "почато не тут"),
        ("expired_code", 422, "Код входу вже не діє"),
        ("replayed_code", 422, "Код входу вже не діє"),
        ("expired_token", 502, "не передав ваших даних"),
        ("nothing_known", 422, "немає імені"),
        ("slow", 502, "не відповідає"),
        ("broken_token", 502, "незрозуміло"),
        ("broken_person", 502, "незрозуміло"),
        ("no_person", 502, "не передав ваших даних"),
        ("failure", 502, "незрозуміло"),
    ],
)
def test_whatever_goes_wrong_becomes_a_page_that_says_what_to_do(resident, vyshnevohirsk, mischief, status, words):
    answer = resident.come("1001", mischief=mischief)
    assert answer.status_code == status
    assert words in text_of(answer)
    assert "Спробувати ще раз" in text_of(answer)
    assert "_auth_user_id" not in resident.session
    assert not Person.objects.exists()


@pytest.mark.parametrize("mischief", ["number_elsewhere", "new_certificate", "no_number", "foreigner"])
def test_what_is_only_unusual_still_lets_a_person_in_and_finds_them_again(resident, vyshnevohirsk, mischief):
    assert resident.sign_in("1001", mischief=mischief).url == "/sign-in/welcome/"
    assert resident.another().come("1001", method="dig_sign", mischief=mischief).url == "/"
    assert Person.objects.count() == 1


def test_an_answer_by_a_method_that_the_council_has_switched_off_is_refused(resident, vyshnevohirsk):
    """Whoever changes the address on the way comes back with another method than the one that was chosen."""
    offer(vyshnevohirsk, "diia_id")
    start = resident.start(method="diia_id", community="vyshnevohirsk").replace("diia_id", "bank_id")
    answer = resident.get(resident.choose(start))
    assert answer.status_code == 403
    assert "не пропонує" in text_of(answer)


def test_after_a_failure_one_can_try_again_to_the_same_page(resident, vyshnevohirsk):
    page = text_of(resident.come("1001", mischief="access_denied", next_path="/vyshnevohirsk/petitions/5"))
    assert "/sign-in/?next=%2Fvyshnevohirsk%2Fpetitions%2F5" in page
    assert resident.come("1001", next_path="/vyshnevohirsk/petitions/5").url == "/sign-in/consent/"


def test_the_same_answer_cannot_come_twice(resident, vyshnevohirsk):
    back = resident.choose(resident.start())
    assert resident.get(back).url == "/sign-in/consent/"
    again = resident.get(back)
    assert again.status_code == 403
    assert "вже завершено" in text_of(again)


def test_an_answer_meant_for_one_browser_is_of_no_use_in_another(resident, vyshnevohirsk):
    back = resident.choose(resident.start())
    thief = resident.another()
    thief.start()
    assert thief.get(back).status_code == 403
    assert "_auth_user_id" not in thief.session


def test_an_answer_after_ten_minutes_is_too_late(resident, vyshnevohirsk, monkeypatch):
    from edem.foundation.identity import attempts

    monkeypatch.setattr(attempts, "LIFE", attempts.LIFE * 0)
    answer = resident.come("1001")
    assert answer.status_code == 403
    assert "десяти хвилин" in text_of(answer)


def test_several_tabs_may_be_on_their_way_at_once(resident, vyshnevohirsk):
    one, two = resident.start(next_path="/one"), resident.start(next_path="/two")
    assert resident.get(resident.choose(one)).url == "/sign-in/consent/"
    assert resident.get(resident.choose(two)).url == "/sign-in/consent/"


def test_an_unanswering_host_is_said_plainly(resident, settings):
    settings.EDEM = settings.EDEM.model_copy(update={"id_gov_ua_url": "http://127.0.0.1:9"})
    state_page = resident.start()
    state = state_page.split("state=")[1].split("&")[0]
    answer = resident.get("/sign-in/back/", {"state": state, "code": "x"})
    assert answer.status_code == 502
    assert "не відповідає" in text_of(answer)


@pytest.mark.parametrize("evil", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_sign_in_never_leads_to_another_host(resident, vyshnevohirsk, evil):
    resident.sign_in("1001", next_path=evil)
    assert "evil" not in text_of(resident.get("/sign-in/welcome/"))
    resident.post("/sign-out/", {"next": evil})
    assert resident.come("1001", next_path=evil).url == "/"


def test_a_closed_account_does_not_open(resident, vyshnevohirsk):
    resident.sign_in("1001")
    Person.objects.update(is_active=False)
    answer = resident.another().come("1001")
    assert answer.status_code == 403
    assert "закрито" in text_of(answer)


def test_the_page_offers_only_what_the_council_allows(resident, vyshnevohirsk):
    offer(vyshnevohirsk, "diia_id", "dig_sign", "bank_id_nbu")
    page = text_of(resident.get("/sign-in/", {"community": "vyshnevohirsk"}))
    assert "Дія.Підпис" in page
    assert "BankID" not in page
    refused = resident.post("/sign-in/", {"method": "bank_id", "community": "vyshnevohirsk"})
    assert refused.status_code == 422


def test_from_a_communitys_page_the_way_leads_through_the_platform(resident, vyshnevohirsk):
    answer = resident.get("/vyshnevohirsk/sign-in/", {"next": "/vyshnevohirsk/petitions/5"})
    assert answer.url == "/sign-in/?community=vyshnevohirsk&next=%2Fvyshnevohirsk%2Fpetitions%2F5"
    assert resident.get(answer.url).status_code == 200


def test_staff_are_led_to_their_own_door(resident, vyshnevohirsk):
    answer = resident.get("/vyshnevohirsk/sign-in/", {"next": "/vyshnevohirsk/desk/", "who": "staff"})
    answer = resident.get(answer.url)
    assert answer.url == "/staff/enter/?next=%2Fvyshnevohirsk%2Fdesk%2F"
    assert resident.get(answer.url).url.startswith("/staff/sign-in/")


def test_the_logs_of_the_whole_way_name_nobody(resident, vyshnevohirsk, caplog):
    caplog.set_level(logging.DEBUG)
    resident.sign_in("1001")
    resident.another().come("1001", mischief="broken_person")
    resident.another().come("1011")
    said = caplog.text
    assert "get-user-info" in said  # the log was on
    assert not any(word in said for word in (*OLENA, "Марченко", "quiet"))


def test_the_database_alone_names_nobody_but_by_display_name(resident, vyshnevohirsk):
    resident.sign_in("1001")
    row = VaultRecord.objects.values().get()
    stored = b" ".join(bytes(value) for value in row.values() if isinstance(value, bytes | memoryview))
    assert stored
    assert not any(word.encode() in stored for word in OLENA)


def test_a_worker_is_not_taken_for_a_resident(resident, vyshnevohirsk):
    worker = GrantFactory().person
    resident.force_login(worker)
    assert "edem_pass" not in resident.get("/sign-in/sessions/").cookies


def test_every_way_stands_in_one_group_and_a_short_list_needs_none():
    grouped = [method for _words, among in METHOD_GROUPS for method in among]
    assert sorted(grouped) == sorted(Method)
    few, many = (MethodForm(methods=methods) for methods in (list(Method)[:3], list(Method)))
    assert "Через банк" not in str(few["method"])
    assert "Через банк" in str(many["method"])
    assert all(f'value="{method.value}"' in str(many["method"]) for method in Method)
