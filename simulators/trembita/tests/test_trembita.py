"""The stand by its wire alone: who may ask, what it answers, what it keeps."""

import httpx
import pytest

from simulators.trembita.running import CLIENT, SERVICE, journal_of, running_trembita, spoil_answers

ENVELOPE = """<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:x="http://x-road.eu/xsd/xroad.xsd"
 xmlns:i="http://x-road.eu/xsd/identifiers"><s:Header><x:client i:objectType="SUBSYSTEM">{client}</x:client>
<x:service i:objectType="SERVICE">{service}</x:service><x:userId>clerk</x:userId><x:id>{number}</x:id>
<x:protocolVersion>4.0</x:protocolVersion></s:Header><s:Body><GetByFilter xmlns="http://tempuri.org/"><Filter>{person}
</Filter></GetByFilter></s:Body></s:Envelope>"""
NAMES = ("xRoadInstance", "memberClass", "memberCode", "subsystemCode", "serviceCode")


@pytest.fixture(scope="module")
def stand():
    with running_trembita() as address:
        yield address


def identifier(text):
    return "".join(f"<i:{name}>{part}</i:{name}>" for name, part in zip(NAMES, text.split("/"), strict=False))


def asked(stand, *, client=CLIENT, number="m-1", person="0000000000"):
    content = ENVELOPE.format(client=identifier(client), service=identifier(SERVICE), number=number, person=person)
    return httpx.post(stand, content=content.encode(), headers={"Content-Type": "text/xml"})


def test_the_answer_repeats_the_headers_of_its_question(stand):
    answer = asked(stand, number="m-7")
    assert answer.status_code == 200
    assert ">m-7<" in answer.text
    assert "GetByFilterResponse" in answer.text
    assert {"client": CLIENT, "user": "clerk", "id": "m-7"} in journal_of(stand)


def test_who_has_no_agreement_is_refused(stand):
    answer = asked(stand, client="SEVDEIR-TEST/GOV/99999999/OTHER")
    assert answer.status_code == 500
    assert "AccessDenied" in answer.text


@pytest.mark.parametrize("content", [b"", b"<a/>", b"<!DOCTYPE a><a/>", b"\xff"])
def test_nonsense_is_a_fault(stand, content):
    answer = httpx.post(stand, content=content)
    assert answer.status_code == 500
    assert "Fault" in answer.text


def test_what_goes_wrong_is_chosen(stand):
    spoil_answers(stand, "failure")
    assert asked(stand).status_code == 503
    spoil_answers(stand, "none")
    assert "Як слід" in httpx.get(stand).text
