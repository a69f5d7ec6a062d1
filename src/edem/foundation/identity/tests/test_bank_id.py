"""The whole way through the stand of BankID: encrypted to the key of the crypto service, signed by the stand's bank."""

import logging
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from edem.foundation.identity.models import MembershipFact, SignIn
from edem.foundation.identity.queries import standing_of
from edem.foundation.identity.tests.conftest import offer
from edem.foundation.people.models import Person
from simulators.running import TOKEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stand", "bank")]

WAY = {"method": "bank_id_nbu", "community": "vyshnevohirsk"}

SAME_TO_ID_GOV_UA = {"expired_token": "none"}


def text_of(answer):
    return answer.content.decode()


@pytest.fixture(autouse=True)
def _offered(vyshnevohirsk):
    offer(vyshnevohirsk, "bank_id_nbu", "dig_sign")


def test_a_newcomer_comes_through_the_bank_and_is_a_member_by_the_registered_address(resident, vyshnevohirsk):
    assert "BankID НБУ" in text_of(resident.get("/sign-in/", {"community": "vyshnevohirsk"}))
    assert resident.come("1001", **WAY).url == "/sign-in/consent/"
    assert not Person.objects.exists()
    assert resident.post("/sign-in/consent/", {"agrees": "on"}).url == "/sign-in/welcome/"
    person = Person.objects.get()
    assert person.display_name == "Коваленко Олена Петрівна"
    standing = standing_of(person, vyshnevohirsk, now=person.created_at)
    assert (standing.is_member, standing.settlement_code) == (True, "UA99010000000000010")
    assert (standing.assurance, standing.age >= 41) == ("substantial", True)
    assert SignIn.objects.get().method == "bank_id_nbu"


def test_where_one_actually_lives_decides_nothing(resident, vyshnevohirsk):
    """The stand tells another factual address for everybody; whoever has no registered one is a member of nothing."""
    assert resident.sign_in("1007", **WAY).url == "/sign-in/welcome/"
    assert not MembershipFact.objects.exists()


def test_two_ways_of_one_person_end_in_one_account(resident, vyshnevohirsk):
    resident.sign_in("1001", **WAY)
    assert resident.another().come("1001", method="dig_sign").url == "/"
    assert resident.another().come("1003", **WAY).url == "/sign-in/consent/"
    assert Person.objects.count() == 1
    assert set(SignIn.objects.values_list("method", flat=True)) == {"bank_id_nbu", "dig_sign"}


@pytest.mark.parametrize("person", ["1004", "1012"])
def test_each_kind_of_person_is_the_same_one_to_the_bank_and_to_id_gov_ua(resident, vyshnevohirsk, person):
    assert resident.sign_in(person, **WAY).url == "/sign-in/welcome/"
    assert resident.another().come(person, method="dig_sign").url == "/"
    assert Person.objects.count() == 1


@pytest.mark.parametrize("mischief", ["expired_token", "number_elsewhere", "no_number", "foreigner", "new_certificate"])
def test_what_is_only_unusual_lets_a_person_in_whom_id_gov_ua_then_knows(resident, vyshnevohirsk, mischief):
    assert resident.sign_in("1001", **WAY, mischief=mischief).url == "/sign-in/welcome/"
    assert (
        resident.another().come("1001", method="dig_sign", mischief=SAME_TO_ID_GOV_UA.get(mischief, mischief)).url
        == "/"
    )
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    ("mischief", "status", "words"),
    [
        ("access_denied", 403, "Ви скасували вхід"),
        ("wrong_state", 403, "почато не тут"),
        ("expired_code", 422, "Код входу вже не діє"),
        ("replayed_code", 422, "Код входу вже не діє"),
        ("spent_token", 422, "Код входу вже не діє"),
        ("slow", 502, "BankID зараз не відповідає"),
        ("failure", 502, "незрозуміло"),
        ("broken_token", 502, "незрозуміло"),
        ("broken_person", 502, "незрозуміло"),
        ("no_person", 502, "не передав ваших даних"),
        ("nothing_known", 422, "немає імені"),
        ("others_envelope", 502, "зашифровано не для нас"),
        ("spoilt_envelope", 502, "Підпис банку"),
        ("wrong_signature", 502, "Підпис банку"),
        ("other_signer", 502, "Підпис банку"),
    ],
)
def test_whatever_goes_wrong_becomes_a_page_that_says_what_to_do(resident, vyshnevohirsk, mischief, status, words):
    answer = resident.come("1001", **WAY, mischief=mischief)
    assert answer.status_code == status
    assert words in text_of(answer)
    assert "Спробувати ще раз" in text_of(answer)
    assert "_auth_user_id" not in resident.session
    assert "pending_claims" not in resident.session
    assert not Person.objects.exists()


def test_a_bank_under_an_unknown_root_is_not_believed(resident, vyshnevohirsk, settings, tmp_path):
    settings.EDEM = settings.EDEM.model_copy(update={"trust_dir": tmp_path})
    assert "Підпис банку" in text_of(resident.come("1001", **WAY))


@pytest.mark.parametrize("mischief", ["failure", "nonsense", "slow"])
def test_trouble_with_the_crypto_service_is_said_as_ours(resident, vyshnevohirsk, key_holder, mischief, monkeypatch):
    from edem.foundation.identity.providers.decryption.service import HolderOverHttp

    monkeypatch.setattr(HolderOverHttp, "_asked", impatient(HolderOverHttp._asked))
    told = {"Authorization": f"Bearer {TOKEN}"}
    assert httpx.post(f"{key_holder}/mischief/{mischief}", headers=told).status_code == 200
    try:
        answer = resident.come("1001", **WAY)
    finally:
        httpx.post(f"{key_holder}/mischief/none", headers=told)
    assert answer.status_code == 502
    assert ("Підпис банку" if mischief == "nonsense" else "прочитати зашифровану відповідь") in text_of(answer)
    assert not Person.objects.exists()


def impatient(really):
    def asked(self, *args, **kwargs):
        object.__setattr__(self, "patience", 3.0)
        return really(self, *args, **kwargs)

    return asked


def test_one_providers_answer_is_of_no_use_at_the_address_of_another(resident, vyshnevohirsk):
    """A code of the bank brought to the address of id.gov.ua must not be sent there."""
    back = resident.choose(resident.start(**WAY))
    asked = {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()}
    answer = resident.get("/sign-in/back/", asked)
    assert answer.status_code == 403
    assert "почато не тут" in text_of(answer)
    assert resident.get(back).status_code == 403  # and the state is spent


def test_an_address_of_nobody_is_a_plain_404(resident):
    assert resident.get("/sign-in/back/nobody/").status_code == 404


def test_the_same_answer_cannot_come_twice(resident, vyshnevohirsk):
    back = resident.choose(resident.start(**WAY))
    assert resident.get(back).url == "/sign-in/consent/"
    assert resident.get(back).status_code == 403


def test_without_a_holder_of_the_key_bankid_is_not_offered(resident, vyshnevohirsk, settings):
    settings.EDEM = settings.EDEM.model_copy(update={"crypto_service_url": ""})
    assert "BankID" not in text_of(resident.get("/sign-in/", {"community": "vyshnevohirsk"}))
    refused = resident.post("/sign-in/", WAY)
    assert refused.status_code == 422


def test_the_logs_name_the_bank_and_nobody_else(resident, vyshnevohirsk, caplog):
    caplog.set_level(logging.DEBUG)
    resident.sign_in("1001", **WAY)
    resident.another().come("1001", **WAY, mischief="wrong_signature")
    assert "member stand-bank" in caplog.text
    assert not any(word in caplog.text for word in ("Коваленко", "3075222489", "Садова", TOKEN, "quiet"))


def test_busy_workers_are_waited_for_and_not_for_ever(resident, vyshnevohirsk, monkeypatch):
    from edem.foundation.identity.providers.bank_id import way
    from edem.kernel.errors import Unavailable

    really, asked = way.check_signature, []

    def busy_at_first(signed, content, *, now):
        asked.append(signed)
        if len(asked) <= 3:
            raise Unavailable("identity.signatures_busy")
        return really(signed, content, now=now)

    monkeypatch.setattr(way, "PAUSE_SECONDS", 0.001)
    monkeypatch.setattr(way, "check_signature", busy_at_first)
    assert resident.come("1001", **WAY).url == "/sign-in/consent/"
    assert len(asked) == 4

    monkeypatch.setattr(way, "TRIES", 2)
    asked.clear()
    answer = resident.another().come("1001", **WAY)
    assert answer.status_code == 503
    assert "Спробувати ще раз" in text_of(answer)
    assert len(asked) == 3
