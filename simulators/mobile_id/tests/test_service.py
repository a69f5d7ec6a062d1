"""The service as any client of ETSI TS 102 204 meets it."""

from base64 import b64decode
from xml.etree import ElementTree as ET

import httpx
import pytest

from simulators.mobile_id.running import AP_ID, AP_PASSWORD, press, running_mobile_id, waiting_phones
from simulators.mobile_id.soap import MSS, SOAP


@pytest.fixture(scope="module")
def service():
    with running_mobile_id() as address:
        yield address


def send(address, port, attributes, body="", *, kind, ap_password=AP_PASSWORD):
    told = (
        f'<s:Envelope xmlns:s="{SOAP}"><s:Body><{port}><m:{kind} xmlns:m="{MSS}" {attributes}>'
        f'<m:AP_Info AP_ID="{AP_ID}" AP_PWD="{ap_password}" AP_TransID="T1" Instant="2026-01-01T00:00:00Z"/>'
        f"{body}</m:{kind}></{port}></s:Body></s:Envelope>"
    )
    answer = httpx.post(f"{address}/{port}", content=told.encode(), timeout=20)
    return answer.status_code, ET.fromstring(answer.content)  # noqa: S314 - our own program


def ask(address, phone="+380501110001", **more):
    body = (
        f"<m:MobileUser><m:MSISDN>{phone}</m:MSISDN></m:MobileUser><m:DataToBeSigned>текст</m:DataToBeSigned>"
        "<m:DataToBeDisplayed>Код 1</m:DataToBeDisplayed>"
    )
    return send(
        address,
        "MSS_Signature",
        'MessagingMode="asynchClientServer" TimeOut="20"',
        body,
        kind="MSS_SignatureReq",
        **more,
    )


def code_in(answer):
    return answer.find(f".//{{{MSS}}}StatusCode").get("Value")


def test_a_request_rings_waits_and_is_signed(service):
    status, taken = ask(service)
    transaction = taken.find(f".//{{{MSS}}}MSS_SignatureResp").get("MSSP_TransID")
    assert (status, code_in(taken)) == (200, "100")
    assert waiting_phones(service)[-1]["shown"] == "Код 1"
    asked = f'MSSP_TransID="{transaction}"'
    assert code_in(send(service, "MSS_Status", asked, kind="MSS_StatusReq")[1]) == "504"
    press(service, transaction)
    signed = send(service, "MSS_Status", asked, kind="MSS_StatusReq")[1]
    assert code_in(signed) == "500"
    assert "текст".encode() in b64decode(signed.findtext(f".//{{{MSS}}}Base64Signature"))


def test_an_unknown_phone_and_an_unknown_caller_are_faults(service):
    for answer, code in [(ask(service, "+380990000099"), "105"), (ask(service, ap_password="wrong"), "104")]:
        assert answer[0] == 500
        assert f"mss:_{code}" in ET.tostring(answer[1], encoding="unicode")


def test_the_page_shows_phones_and_their_owners(service):
    ask(service)
    page = httpx.get(service).text
    assert "Коваленко Олена Петрівна" in page
    assert "Ввести PIN і підписати" in page


def test_the_provider_answers_for_its_certificates(service):
    assert httpx.post(f"{service}/services/ocsp/", content=b"nonsense").content == bytes.fromhex("30030a0101")
    assert httpx.get(f"{service}/download/crls/CA-NOBODY-Full.crl").status_code == 404
