"""The wire format of BankID, spoken over a real port by the stand's own process."""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from edem.kernel.kep.certificates.trust import TrustList
from edem.kernel.kep.messages.evidence import NO_EVIDENCE
from edem.kernel.kep.verdict import Outcome
from edem.kernel.kep.verifying import verify
from simulators.authority import sandbox_root
from simulators.crypto_service.holder import CannotOpen, Holder
from simulators.id_gov_ua.mischief import OF_BANK_ID, Mischief
from simulators.running import CLIENT_ID, CLIENT_SECRET, SEED, running_bank

CALLBACK = "http://127.0.0.1:8000/sign-in/back/bank-id/"
ASKED = {"response_type": "code", "client_id": CLIENT_ID, "state": "s-1", "redirect_uri": CALLBACK}
OURS = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
FIELDS = {
    "type": "physical",
    "fields": ["lastName", "middleName", "inn", "birthDay", "clId"],
    "addresses": [
        {"type": "juridical", "fields": ["country", "state", "city"]},
        {"type": "factual", "fields": ["city"]},
    ],
    "documents": [{"type": "passport", "fields": ["series", "number", "issueCountryIso2"]}],
}


@pytest.fixture(scope="module")
def stand() -> Iterator[str]:
    with running_bank("--slow-seconds", "1.5", "--redirect-host", "edem.example") as address:
        yield address


@pytest.fixture(scope="module")
def holder() -> Holder:
    return Holder(seed=SEED)


def choose(stand: str, person: str = "1001", **more: str) -> dict[str, str]:
    answer = httpx.post(f"{stand}/choose", data={**ASKED, "person": person, **more})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(CALLBACK)
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}


def exchange(stand: str, code: str, **more: str) -> httpx.Response:
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK, **OURS, **more}
    return httpx.post(f"{stand}/v1/bank/oauth2/token", data=form, timeout=10)


def client(stand: str, token: str, holder: Holder, **more: object) -> httpx.Response:
    body = {**FIELDS, "cert": b64encode(holder.certificate).decode(), **more}
    return httpx.post(
        f"{stand}/v1/bank/resource/client", json=body, headers={"Authorization": f"Bearer {token}"}, timeout=10
    )


def answered(stand: str, holder: Holder, person: str = "1001", **more: str) -> dict[str, str]:
    token = exchange(stand, choose(stand, person, **more)["code"]).json()["access_token"]
    said: dict[str, str] = client(stand, token, holder).json()
    return said


def content(said: dict[str, str], holder: Holder) -> tuple[Outcome, dict[str, object]]:
    signed = holder.opened(b64decode(said["customerCrypto"]))
    trust = TrustList.of([sandbox_root(SEED).certificate])
    verdict = verify(signed, content=None, trust=trust, evidence=NO_EVIDENCE, now=datetime.now(UTC))
    return verdict.outcome, json.loads(verdict.content or b"{}")


def test_the_page_says_it_is_a_test_stand_and_offers_every_mischief(stand: str) -> None:
    page = httpx.get(f"{stand}/v1/bank/oauth2/authorize", params=ASKED).text
    assert "Тестовий стенд BankID НБУ" in page
    assert "Усі люди тут вигадані" in page
    assert all(f'value="{mischief}"' in page for mischief in OF_BANK_ID)
    assert "Спосіб входу" not in page


def test_the_whole_road_ends_in_an_envelope_signed_by_the_bank(stand: str, holder: Holder) -> None:
    back = choose(stand)
    assert back["state"] == "s-1"
    token = exchange(stand, back["code"]).json()
    assert (token["token_type"], isinstance(token["expires_in"], int)) == ("bearer", True)
    said = client(stand, token["access_token"], holder).json()
    assert (said["state"], said["memberId"], bool(said["sidBi"])) == ("ok", "stand-bank", True)
    outcome, person = content(said, holder)
    assert outcome is Outcome.VALID
    assert (person["lastName"], person["inn"], person["birthDay"]) == ("Коваленко", "3075222489", "12.03.1984")
    assert (person["clId"], person["documents"]) == ("stand-1001", [])
    juridical, factual = person["addresses"]  # type: ignore[misc]
    assert (juridical["city"], factual["city"]) == ("м. Вишневогірськ", "м. Львів")
    assert "phone" not in person  # only what was asked for


def test_what_is_missing_is_said_as_na(stand: str, holder: Holder) -> None:
    assert content(answered(stand, holder, "1006"), holder)[1]["middleName"] == "n/a"
    assert content(answered(stand, holder, "1007"), holder)[1]["addresses"][0]["city"] == "n/a"  # type: ignore[index]
    _, person = content(answered(stand, holder, "1004"), holder)
    assert person["inn"] == "n/a"
    assert person["documents"] == [{"type": "passport", "series": "СН", "number": "482915", "issueCountryIso2": "UA"}]


def test_a_code_works_once_and_for_its_own_client_and_address(stand: str) -> None:
    code = choose(stand)["code"]
    assert exchange(stand, code).status_code == 200
    assert exchange(stand, code).json()["error"] == "invalid_grant"
    assert exchange(stand, choose(stand)["code"], client_secret="guess").status_code == 401
    assert exchange(stand, choose(stand)["code"], redirect_uri="http://localhost/other").status_code == 400
    assert exchange(stand, choose(stand, mischief=Mischief.REPLAYED_CODE)["code"]).status_code == 400


def test_an_ended_token_is_renewed_once_and_a_spent_one_never(stand: str, holder: Holder) -> None:
    for mischief, status in ((Mischief.EXPIRED_TOKEN, 200), (Mischief.SPENT_TOKEN, 400)):
        token = exchange(stand, choose(stand, mischief=mischief)["code"]).json()
        assert client(stand, token["access_token"], holder).status_code == 401
        form = {"grant_type": "refresh_token", "refresh_token": token["refresh_token"], **OURS}
        renewed = httpx.post(f"{stand}/v1/bank/oauth2/refresh_token", data=form)
        assert renewed.status_code == status
        assert httpx.post(f"{stand}/v1/bank/oauth2/refresh_token", data=form).status_code == 400
        if status == 200:
            assert client(stand, renewed.json()["access_token"], holder).json()["state"] == "ok"


def test_each_wrong_seal_is_wrong_in_its_own_way(stand: str, holder: Holder) -> None:
    with pytest.raises(CannotOpen, match="somebody_else"):
        content(answered(stand, holder, mischief=Mischief.OTHERS_ENVELOPE), holder)
    assert content(answered(stand, holder, mischief=Mischief.WRONG_SIGNATURE), holder)[0] is Outcome.NOT_VALID
    usual, renewed = answered(stand, holder), answered(stand, holder, mischief=Mischief.NEW_CERTIFICATE)
    assert usual["cert"] != renewed["cert"]
    assert content(renewed, holder)[0] is Outcome.VALID
    other = answered(stand, holder, mischief=Mischief.OTHER_SIGNER)
    assert other["cert"] != usual["cert"]
    assert content(other, holder)[0] is Outcome.VALID  # it is signed well, but not by whom it names


def test_a_certificate_that_cannot_be_encrypted_for_is_refused(stand: str, holder: Holder) -> None:
    token = exchange(stand, choose(stand)["code"]).json()["access_token"]
    for wrong in ("", "AAAA", "не base64"):
        assert client(stand, token, holder, cert=wrong).status_code == 400


def test_the_stands_authority_answers_for_its_certificates(stand: str) -> None:
    assert httpx.get(f"{stand}/download/crls/unknown.crl").status_code == 404
    assert httpx.post(f"{stand}/services/ocsp/", content=b"nonsense").content == bytes.fromhex("30030a0101")


@pytest.mark.parametrize("wrong", [{"client_id": "other"}, {"redirect_uri": "https://evil.example/"},
                                   {"response_type": "token"}])  # fmt: skip
def test_a_wrong_request_is_refused_without_a_redirect(stand: str, wrong: dict[str, str]) -> None:
    for answer in (httpx.get(f"{stand}/v1/bank/oauth2/authorize", params={**ASKED, **wrong}),
                   httpx.post(f"{stand}/choose", data={**ASKED, "person": "1001", **wrong})):  # fmt: skip
        assert answer.status_code == 400
        assert "location" not in answer.headers
