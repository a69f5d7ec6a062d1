"""The wire format of id.gov.ua, spoken over a real port by the stand's own process."""

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulators.crypto_service.holder import CannotOpen, Holder
from simulators.id_gov_ua.mischief import Mischief
from simulators.id_gov_ua.tax_number import born_on, tax_number
from simulators.running import SEED

CALLBACK = "http://127.0.0.1:8000/sign-in/id-gov-ua/back"
ASKED = {
    "response_type": "code",
    "client_id": "edem",
    "auth_type": "dig_sign,bank_id,diia_id",
    "state": "s-1",
    "redirect_uri": CALLBACK,
}
OURS = {"grant_type": "authorization_code", "client_id": "edem", "client_secret": "quiet"}


def choose(stand: str, person: str = "1001", **more: str) -> dict[str, str]:
    answer = httpx.post(f"{stand}/choose", data={**ASKED, "person": person, **more})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(CALLBACK)
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}


def exchange(stand: str, code: str, **more: str) -> httpx.Response:
    return httpx.post(f"{stand}/get-access-token", data={**OURS, "code": code, **more}, timeout=5)


def person_info(stand: str, token: dict[str, str], fields: str, **more: str) -> httpx.Response:
    asked = {"access_token": token["access_token"], "user_id": token["user_id"], "fields": fields, **more}
    return httpx.get(f"{stand}/get-user-info", params=asked)


def test_the_page_says_it_is_a_test_stand_and_lists_people(stand: str) -> None:
    page = httpx.get(stand, params=ASKED).text
    assert "Усі люди тут вигадані" in page
    assert "Коваленко Олена Петрівна" in page
    assert "MobileID" not in page  # only the methods that were asked for
    assert "<script" not in page


def test_people_are_found_by_a_word_in_any_case(stand: str) -> None:
    page = httpx.get(stand, params={**ASKED, "q": "ґЖИЦЬКА"}).text
    assert re.findall(r"<b>(.*?)</b>", page) == ["Ґжицька Софія"]


def test_a_long_list_has_pages_that_keep_the_request(stand_with: Callable[..., str], people_file: Path) -> None:
    stand = stand_with("--people", str(people_file))
    second = httpx.get(stand, params={**ASKED, "page": "2"}).text
    assert "Довгий Назар25<" in second
    assert "Довгий Назар24<" not in second
    assert "redirect_uri=http" in second


def test_the_whole_road_from_choice_to_person(stand: str) -> None:
    back = choose(stand, method="bank_id")
    assert back["state"] == "s-1"
    token = exchange(stand, back["code"], redirect_uri=CALLBACK).json()
    assert token["token_type"] == "bearer"
    assert isinstance(token["expires_in"], str)
    person = person_info(stand, token, "lastname,drfocode,auth_type,unzr").json()
    assert person == {"lastname": "Коваленко", "drfocode": person["drfocode"], "auth_type": "bank_id", "unzr": ""}
    assert born_on(person["drfocode"]) == date(1984, 3, 12)


def test_a_code_works_once(stand: str) -> None:
    code = choose(stand)["code"]
    assert exchange(stand, code).status_code == 200
    assert exchange(stand, code).json()["error"] == "invalid_grant"


def test_a_token_works_once_unless_told_otherwise(stand: str, stand_with: Callable[..., str]) -> None:
    token = exchange(stand, choose(stand)["code"]).json()
    assert person_info(stand, token, "lastname").status_code == 200
    assert person_info(stand, token, "lastname").status_code == 401

    lenient = stand_with("--reusable-tokens")
    token = exchange(lenient, choose(lenient)["code"]).json()
    assert [person_info(lenient, token, "lastname").status_code for _ in range(2)] == [200, 200]


def test_a_code_ends_after_its_time(stand_with: Callable[..., str]) -> None:
    hasty = stand_with("--code-seconds", "0")
    assert exchange(hasty, choose(hasty)["code"]).status_code == 400


def test_a_wrong_secret_or_another_return_address_gets_nothing(stand: str) -> None:
    assert exchange(stand, choose(stand)["code"], client_secret="guess").status_code == 401
    assert exchange(stand, choose(stand)["code"], redirect_uri="http://localhost/other").status_code == 400


@pytest.mark.parametrize("wrong", [{"client_id": "other"}, {"redirect_uri": "https://evil.example/"},
                                   {"response_type": "token"}, {"auth_type": "magic"}])  # fmt: skip
def test_a_wrong_request_is_refused_without_a_redirect(stand: str, wrong: dict[str, str]) -> None:
    for answer in (httpx.get(stand, params={**ASKED, **wrong}),
                   httpx.post(f"{stand}/choose", data={**ASKED, "person": "1001", **wrong})):  # fmt: skip
        assert answer.status_code == 400
        assert "location" not in answer.headers


def test_a_named_host_may_be_returned_to(stand: str) -> None:
    assert httpx.get(stand, params={**ASKED, "redirect_uri": "https://edem.example/back"}).status_code == 200


def test_refusal_and_forged_state_come_back_as_asked(stand: str) -> None:
    denied = choose(stand, mischief=Mischief.DENIED)
    assert (denied["error"], denied["state"], "code" in denied) == ("access_denied", "s-1", False)
    assert choose(stand, mischief=Mischief.WRONG_STATE)["state"] != "s-1"


def test_each_failure_on_demand_fails_where_it_says(stand: str) -> None:
    assert exchange(stand, choose(stand, mischief=Mischief.EXPIRED_CODE)["code"]).status_code == 400
    assert exchange(stand, choose(stand, mischief=Mischief.FAILURE)["code"]).status_code == 500
    with pytest.raises(ValueError):
        exchange(stand, choose(stand, mischief=Mischief.BROKEN_TOKEN)["code"]).json()
    token = exchange(stand, choose(stand, mischief=Mischief.BROKEN_PERSON)["code"]).json()
    with pytest.raises(ValueError):
        person_info(stand, token, "lastname").json()
    token = exchange(stand, choose(stand, mischief=Mischief.NO_PERSON)["code"]).json()
    assert person_info(stand, token, "lastname").json()["error"]
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{stand}/get-access-token", timeout=0.3,
                   data={**OURS, "code": choose(stand, mischief=Mischief.SLOW)["code"]})  # fmt: skip


def test_the_traps_of_the_real_service_are_there(stand: str) -> None:
    def info(person: str) -> dict[str, str]:
        token = exchange(stand, choose(stand, person)["code"]).json()
        return person_info(stand, token, "drfocode,edrpoucode,middlename,address,unzr").json()

    in_wrong_field = info("1003")
    assert in_wrong_field["drfocode"] == ""
    assert born_on(in_wrong_field["edrpoucode"])
    assert info("1004")["drfocode"] == "СН482915"
    assert info("1005")["unzr"] == "19950618-04821"
    assert info("1006")["middlename"] == "n/a"
    assert info("1007")["address"] == "n/a"
    assert born_on(info("1011")["drfocode"]) is None


def test_with_a_certificate_the_person_comes_in_an_envelope(stand: str) -> None:
    holder = Holder(seed=SEED)

    def sealed(certificate: str, **more: str) -> dict[str, str]:
        token = exchange(stand, choose(stand, **more)["code"]).json()
        return person_info(stand, token, "lastname,auth_type", cert=certificate).json()

    ours = b64encode(holder.certificate).decode()
    said = json.loads(holder.opened(b64decode(sealed(ours)["encryptedUserInfo"])))
    assert said == {"lastname": "Коваленко", "auth_type": "dig_sign"}
    assert sealed("AAAA")["error"]
    with pytest.raises(CannotOpen, match="somebody_else"):
        holder.opened(b64decode(sealed(ours, mischief=Mischief.OTHERS_ENVELOPE)["encryptedUserInfo"]))


def test_the_same_person_can_be_told_otherwise(stand: str) -> None:
    def told(mischief: Mischief) -> dict[str, str]:
        token = exchange(stand, choose(stand, mischief=mischief)["code"]).json()
        return person_info(stand, token, "lastname,drfocode,edrpoucode,serial").json()

    usual = told(Mischief.NONE)
    assert set(told(Mischief.NOTHING_KNOWN).values()) <= {"n/a", ""}
    assert told(Mischief.NUMBER_ELSEWHERE)["edrpoucode"] == usual["drfocode"]
    assert told(Mischief.NO_NUMBER)["drfocode"].startswith("СН")
    assert told(Mischief.FOREIGNER)["drfocode"].startswith("PASPL-")
    assert told(Mischief.NEW_SURNAME) == {**usual, "lastname": "Зоряна"}
    assert told(Mischief.NEW_CERTIFICATE)["serial"] != usual["serial"]


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 9999))
def test_a_tax_number_carries_its_birth_date_and_notices_a_wrong_last_digit(born: date, series: int) -> None:
    number = tax_number(born, series)
    assert born_on(number) == born
    assert born_on(f"{number[:9]}{(int(number[9]) + 5) % 10}") is None


def test_a_published_example_of_the_check_digit() -> None:
    assert born_on("3184710691") == date(1987, 3, 12)
