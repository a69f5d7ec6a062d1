"""Signing in by MobileID through the real service on loopback: the pages, the phone, and all that may go wrong."""

from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
from django.contrib.sessions.models import Session

from edem.foundation.communities.models import CharterVersion
from edem.foundation.identity.models import SignIn
from edem.foundation.identity.providers.mobile_id import asking, connector
from edem.foundation.identity.queries import standing_of
from edem.foundation.people.models import Person
from simulators.authority import write_root
from simulators.mobile_id.running import (
    AP_ID,
    AP_PASSWORD,
    press,
    running_mobile_id,
    spoil_next_answer,
    waiting_phones,
)
from simulators.running import SEED

pytestmark = pytest.mark.django_db

OLENA = "050 111 00 01"


@pytest.fixture(scope="session")
def service(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mobile-id-trust")
    write_root(SEED, into=folder)
    with running_mobile_id("--slow-seconds=12") as address:
        yield address, folder


@pytest.fixture
def mobile(service, settings, monkeypatch):
    """The platform is connected to the service; its patience is short."""
    address, folder = service
    given = {
        "mobile_id_url": address,
        "mobile_id_ap_id": AP_ID,
        "mobile_id_ap_password": AP_PASSWORD,
        "trust_dir": Path(folder),
    }
    settings.EDEM = settings.EDEM.model_copy(update=given)
    monkeypatch.setattr(connector, "PATIENCE_SECONDS", 3.0)
    monkeypatch.setattr(asking, "BETWEEN_LOOKS", timedelta(0))
    spoil_next_answer(address, "none")
    return address


@pytest.fixture
def community(vyshnevohirsk):
    """Its council lets residents in by MobileID."""
    CharterVersion.objects.create(
        community=vyshnevohirsk, service="sign_in", version=1, in_force_from="2020-01-01T00:00Z", act_title="Рішення",
        act_number="1", act_date="2020-01-01", values={"methods": ["mobile_id_direct", "bank_id"]},
    )  # fmt: skip
    return vyshnevohirsk


def text_of(answer):
    return answer.content.decode()


def ring(resident, phone=OLENA, *, next_path="/vyshnevohirsk/petitions/5"):
    answer = resident.post("/sign-in/mobile-id/", {"phone": phone, "next": next_path, "community": "vyshnevohirsk"})
    assert answer.status_code == 302, text_of(answer)
    assert answer.url == "/sign-in/mobile-id/wait/"
    return answer


def transactions(mobile):
    return {phone["transaction"] for phone in waiting_phones(mobile)}


def look(resident):
    return resident.get("/sign-in/mobile-id/wait/")


def answered(resident, mobile, deed="sign"):
    ring(resident)
    press(mobile, waiting_phones(mobile)[-1]["transaction"], deed)
    return look(resident)


def test_the_choice_of_ways_leads_to_the_phone_number(resident, mobile, community):
    page = text_of(resident.get("/sign-in/", {"community": "vyshnevohirsk"}))
    assert "MobileID напряму" in page
    answer = resident.post("/sign-in/", {"method": "mobile_id_direct", "community": "vyshnevohirsk", "next": "/x"})
    assert answer.url.startswith("/sign-in/mobile-id/?")
    assert "Ваш номер телефону" in text_of(resident.get(answer.url))


def test_the_code_on_the_page_is_the_code_on_the_phone(resident, mobile, community):
    ring(resident)
    page = text_of(resident.get("/sign-in/mobile-id/wait/"))
    phone = waiting_phones(mobile)[-1]
    code = phone["shown"].rpartition(" ")[2]
    assert len(code) == 4
    assert f"<strong>{code}</strong>" in page
    assert code in phone["text"]
    assert 'http-equiv="refresh"' in page
    assert phone["phone"] == "380501110001"


def test_a_newcomer_comes_in_and_is_the_person_of_the_certificate(resident, mobile, community):
    answer = answered(resident, mobile)
    assert answer.url == "/sign-in/consent/"
    assert not Person.objects.exists()
    assert "Коваленко Олена Петрівна" in text_of(resident.get("/sign-in/consent/"))
    resident.post("/sign-in/consent/", {"agrees": "on"})
    person = Person.objects.get()
    assert person.display_name == "Коваленко Олена Петрівна"
    assert SignIn.objects.get().method == "mobile_id_direct"
    assert standing_of(person, community, now=person.created_at).age >= 41


def test_the_script_hears_when_the_phone_has_answered(resident, mobile, community):
    ring(resident)
    assert resident.get("/sign-in/mobile-id/standing/").json() == {}
    press(mobile, waiting_phones(mobile)[-1]["transaction"])
    assert resident.get("/sign-in/mobile-id/standing/").json() == {"go": "/sign-in/consent/"}


def test_the_script_hears_of_a_refusal_and_the_page_says_it(resident, mobile, community):
    ring(resident)
    press(mobile, waiting_phones(mobile)[-1]["transaction"], "cancel")
    assert resident.get("/sign-in/mobile-id/standing/").json() == {"go": "/sign-in/mobile-id/wait/"}
    page = resident.get("/sign-in/mobile-id/wait/")
    assert "скасували" in text_of(page)
    assert "petitions%2F5" in text_of(page)
    assert resident.get("/sign-in/mobile-id/wait/").status_code == 403


def test_bank_and_mobile_end_in_one_account(resident, mobile, community, stand, settings):
    resident.sign_in("1001", method="bank_id")
    first = Person.objects.get()
    resident.post("/sign-out/")
    answer = answered(resident, mobile)
    assert answer.url == "/vyshnevohirsk/petitions/5"
    assert Person.objects.get() == first
    assert list(SignIn.objects.order_by("pk").values_list("method", flat=True)) == ["bank_id", "mobile_id_direct"]


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        ("cancel", "скасували запит на телефоні"),
        ("let_expire", "Час на відповідь минув"),
        ("block_pin", "заблоковано"),
        ("revoked", "відкликано"),
        ("other_text", "Підписано інший текст"),
        ("expired_certificate", "зараз не діє"),
        ("unknown_root", "надавача підписів ми не знаємо"),
        ("seal", "печатка установи"),
        ("broken", "не той, що потрібен"),
    ],
)
def test_whatever_the_phone_does_wrong_is_said_and_nobody_comes_in(resident, mobile, community, deed, words):
    answer = answered(resident, mobile, deed)
    assert answer.status_code in {403, 422}
    assert words in text_of(answer)
    assert "Спробувати ще раз" in text_of(answer)
    assert "_auth_user_id" not in resident.session
    assert not Person.objects.exists()


def test_another_persons_key_lets_in_that_person_and_nobody_else(resident, mobile, community):
    assert answered(resident, mobile, "other_person").url == "/sign-in/consent/"
    assert "Чужинець" in text_of(resident.get("/sign-in/consent/"))


@pytest.mark.parametrize(
    "mischief",
    ["failure", "broken_xml", "entity_bomb", "outside_entity", "huge", "deep", "other_transaction", "other_phone",
     "unknown_status", "refuses_us"],
)  # fmt: skip
def test_whatever_the_service_says_wrong_is_a_page_and_not_a_crash(resident, mobile, community, mischief):
    ring(resident)
    press(mobile, waiting_phones(mobile)[-1]["transaction"])
    spoil_next_answer(mobile, mischief)
    answer = look(resident)
    assert answer.status_code == 502
    assert "незрозуміло" in text_of(answer)
    assert not Person.objects.exists()


def test_a_page_that_is_looked_at_in_a_hurry_does_not_hurry_the_service(resident, mobile, community, monkeypatch):
    monkeypatch.setattr(asking, "BETWEEN_LOOKS", timedelta(minutes=1))
    ring(resident)
    look(resident)
    press(mobile, waiting_phones(mobile)[-1]["transaction"])
    assert "Чекаємо" in text_of(look(resident))


def test_a_slow_service_is_not_waited_for_without_end(resident, mobile, community):
    spoil_next_answer(mobile, "slow")
    answer = resident.post("/sign-in/mobile-id/", {"phone": OLENA, "community": "vyshnevohirsk"})
    assert answer.status_code == 422
    assert "не відповідає" in text_of(answer)
    assert OLENA in text_of(answer)  # what was typed stays


def test_a_number_without_mobile_id_is_said(resident, mobile, community):
    answer = resident.post("/sign-in/mobile-id/", {"phone": "0991234567", "community": "vyshnevohirsk"})
    assert answer.status_code == 422
    assert "немає MobileID" in text_of(answer)


@pytest.mark.parametrize("typed", ["12345", "+48 501 110 001", "050111000", "двадцять", "0501110001 0501110002"])
def test_a_number_that_is_none_is_not_asked(resident, mobile, community, typed):
    before = transactions(mobile)
    answer = resident.post("/sign-in/mobile-id/", {"phone": typed, "community": "vyshnevohirsk"})
    assert answer.status_code == 422
    assert "десять цифр" in text_of(answer) or "символів" in text_of(answer)
    assert transactions(mobile) <= before, "an earlier request may have run out meanwhile"


def test_nobodys_phone_is_rung_without_end(resident, mobile, community):
    for _ in range(3):
        ring(resident)
    answer = resident.another().post("/sign-in/mobile-id/", {"phone": OLENA, "community": "vyshnevohirsk"})
    assert answer.status_code == 422
    assert "уже надіслано кілька запитів" in text_of(answer)


def test_a_council_that_has_not_chosen_it_offers_no_such_way(resident, mobile, vyshnevohirsk):
    assert "MobileID напряму" not in text_of(resident.get("/sign-in/", {"community": "vyshnevohirsk"}))
    answer = resident.post("/sign-in/mobile-id/", {"phone": OLENA, "community": "vyshnevohirsk"})
    assert answer.status_code == 403


def test_the_request_of_one_browser_is_of_no_use_in_another(resident, mobile, community):
    ring(resident)
    press(mobile, waiting_phones(mobile)[-1]["transaction"])
    thief = resident.another()
    assert thief.get("/sign-in/mobile-id/wait/").status_code == 403
    assert thief.get("/sign-in/mobile-id/standing/").json() == {"go": "/sign-in/mobile-id/wait/"}


def test_the_phone_number_stands_nowhere_in_clear(resident, mobile, community):
    ring(resident)
    stored = " ".join(str(session.get_decoded()) for session in Session.objects.order_by("pk"))
    assert "mobile_id" in stored
    assert "501110001" not in stored


def test_a_service_that_cannot_be_polled_is_waited_for_on_one_connection(
    resident, mobile, community, settings, monkeypatch
):
    settings.EDEM = settings.EDEM.model_copy(update={"mobile_id_mode": "synch"})
    ring(resident)
    page = text_of(resident.get("/sign-in/mobile-id/wait/"))
    assert "Надіслати запит на телефон" in page
    assert 'http-equiv="refresh"' not in page
    before = transactions(mobile)

    def sign_when_it_rings():
        while not (new := [each for each in waiting_phones(mobile) if each["transaction"] not in before]):
            pass
        press(mobile, new[-1]["transaction"])

    owner = Thread(target=sign_when_it_rings)
    owner.start()
    answer = resident.post("/sign-in/mobile-id/wait/")
    owner.join()
    assert answer.url == "/sign-in/consent/"
