"""Messages of ETSI TS 102 204: what is written, what is read, and what is refused unread."""

import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.foundation.identity.providers.mobile_id.messages import (
    MSS,
    SOAP,
    Caller,
    Mode,
    Status,
    Wish,
    answer_from,
    signature_request,
    status_request,
)
from edem.foundation.identity.reading_xml import LARGEST, Unreadable, read_xml
from simulators.mobile_id import soap

CALLER = Caller(ap_id="http://edem.example", password='p"<&', transaction="T1", at=datetime(2026, 3, 1, tzinfo=UTC))


def wish(**more):
    usual = {"msisdn": "+380501110001", "to_sign": "Вхід\nрядок", "to_show": "Код 0042", "profile": "x", "seconds": 80}
    return Wish(**(usual | more))


def response(body):
    return f'<s:Envelope xmlns:s="{SOAP}"><s:Body>{body}</s:Body></s:Envelope>'.encode()


@pytest.mark.parametrize("mode", list(Mode))
def test_the_stand_reads_what_is_written(mode):
    asked = soap.asked_in(signature_request(wish(), caller=CALLER, mode=mode))
    assert (asked.kind, asked.mode, asked.msisdn) == ("MSS_SignatureReq", mode.value, "+380501110001")
    assert (asked.ap_id, asked.ap_password, asked.ap_transaction) == (CALLER.ap_id, CALLER.password, "T1")
    assert (asked.to_sign, asked.to_show, asked.seconds) == ("Вхід\nрядок", "Код 0042", 80)
    status = soap.asked_in(status_request('5"<', caller=CALLER))
    assert (status.kind, status.transaction) == ("MSS_StatusReq", '5"<')


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff")))
def test_no_text_breaks_out_of_the_request(text):
    asked = soap.asked_in(signature_request(wish(to_sign=text, to_show=text), caller=CALLER, mode=Mode.POLLED))
    assert (asked.to_sign, asked.to_show, asked.msisdn) == (text, text, "+380501110001")


def test_an_answer_is_read_whole():
    asked = soap.asked_in(status_request("abc", caller=CALLER))
    said = answer_from(
        soap.answer(asked, status="500", transaction="abc", msisdn="+380501110001", signature="c2lnbg==").encode()
    )
    assert (said.status, said.transaction, said.own_transaction) == (Status.SIGNATURE, "abc", "T1")
    assert (said.msisdn, said.signature) == ("+380501110001", b"sign")


@pytest.mark.parametrize("code", ["101", "105", "208", "401", "402", "900"])
def test_a_fault_is_an_answer_with_its_own_status(code):
    assert answer_from(soap.fault(code).encode()).status == code


def test_a_fault_of_soap_1_1_is_understood_too():
    fault = (
        '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><e:Fault>'
        f'<faultcode xmlns:mss="{MSS}">mss:_401</faultcode><faultstring>USER_CANCEL</faultstring>'
        "</e:Fault></e:Body></e:Envelope>"
    )
    assert answer_from(fault.encode()).status == Status.USER_CANCEL


def test_a_fault_that_says_nothing_is_an_internal_error():
    assert answer_from(response(f'<f:Fault xmlns:f="{SOAP}"/>')).status == Status.INTERNAL_ERROR


@pytest.mark.parametrize(
    "hostile",
    [
        soap.bomb(),
        soap.outside(),
        soap.deep(),
        "<!DOCTYPE b><b/>",
        '<?xml-stylesheet href="x"?><b/>',
        f"<b>{'<c/>' * 3_000}</b>",
        "<b>" + "х" * LARGEST + "</b>",
        "<b>&unknown;</b>",
        "<b><c></b></c>",
        "<b/><b/>",
        '<b a="1" a="2"/>',
        "<x:b/>",
        "plain words",
        "",
    ],
)
def test_hostile_xml_is_refused_and_nothing_of_it_is_taken_in(hostile):
    with pytest.raises(Unreadable):
        read_xml(hostile.encode())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-7", "koi8-u"])
def test_an_encoding_that_the_header_only_claims_changes_nothing(encoding):
    with pytest.raises(Unreadable):
        answer_from(f'<?xml version="1.0" encoding="{encoding}"?><b>\u0457</b>'.encode())


def test_a_signature_that_is_no_base64_is_refused():
    asked = soap.asked_in(status_request("abc", caller=CALLER))
    told = soap.answer(asked, status="500", transaction="abc", msisdn="+380501110001", signature="не base64")
    with pytest.raises(Unreadable):
        answer_from(told.encode())


@given(st.binary(max_size=300))
def test_whatever_comes_is_an_answer_or_unreadable(content):
    with contextlib.suppress(Unreadable):
        answer_from(content)


@given(st.integers(0, 900), st.integers(1, 40))
def test_a_spoilt_answer_is_an_answer_or_unreadable(place, length):
    asked = soap.asked_in(status_request("abc", caller=CALLER))
    whole = soap.answer(asked, status="500", transaction="abc", msisdn="+380501110001", signature="c2lnbg==").encode()
    with contextlib.suppress(Unreadable):
        answer_from(whole[:place] + whole[place + length :])
