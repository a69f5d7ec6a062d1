"""The messages of ETSI TS 102 204, version 1.1.2, written and read. Bytes in, bytes out; no network, no clock.

MSS_SignatureReq asks a phone to sign, MSS_StatusReq asks what became of it. The answer carries a CMS signature.
"""

from base64 import b64decode
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from edem.foundation.identity.reading_xml import Element, Unreadable, read_xml

MSS: Final = "http://uri.etsi.org/TS102204/v1.1.2#"
SOAP: Final = "http://www.w3.org/2003/05/soap-envelope"
SOAP_11: Final = "http://schemas.xmlsoap.org/soap/envelope/"
CMS: Final = f"{MSS}CMS-Signature"
"""The format of the signature that is wanted."""


class Mode(StrEnum):
    """MessagingMode: the answer comes on the same connection, or is asked for again and again."""

    AT_ONCE = "synch"
    POLLED = "asynchClientServer"


class Status(StrEnum):
    """StatusCode of an answer and Subcode of a fault."""

    REQUEST_OK = "100"
    WRONG_PARAM = "101"
    MISSING_PARAM = "102"
    WRONG_DATA_LENGTH = "103"
    UNAUTHORIZED_ACCESS = "104"
    UNKNOWN_CLIENT = "105"
    HANDSHAKE_REQUIRED = "106"
    INAPPROPRIATE_DATA = "107"
    INCOMPATIBLE_INTERFACE = "108"
    UNSUPPORTED_PROFILE = "109"
    EXPIRED_TRANSACTION = "208"
    OTA_ERROR = "209"
    USER_CANCEL = "401"
    PIN_NR_BLOCKED = "402"
    CARD_BLOCKED = "403"
    NO_KEY_FOUND = "404"
    NO_URL_FOUND = "405"
    PB_SIGNATURE_PROCESS = "406"
    REGISTRATION_NOK = "407"
    NO_CERT_FOUND = "422"
    SIGNATURE = "500"
    REVOKED_CERTIFICATE = "501"
    VALID_SIGNATURE = "502"
    INVALID_SIGNATURE = "503"
    OUTSTANDING_TRANSACTION = "504"
    INTERNAL_ERROR = "900"


@dataclass(frozen=True, kw_only=True)
class Caller:
    """AP_Info: who asks, under which number of their own, when."""

    ap_id: str
    password: str
    transaction: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a phone is asked for: whose, what to sign, what its screen shows."""

    msisdn: str
    to_sign: str
    to_show: str
    profile: str
    seconds: int


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the service says; a fault too is an answer, with its own status."""

    status: str
    transaction: str = ""
    """MSSP_TransID: the service's number of this request."""
    own_transaction: str = ""
    """AP_TransID as it came back."""
    msisdn: str = ""
    signature: bytes = b""


def signature_request(wish: Wish, *, caller: Caller, mode: Mode) -> bytes:
    return _enveloped(
        "MSS_Signature",
        f'<mss:MSS_SignatureReq xmlns:mss="{MSS}" MajorVersion="1" MinorVersion="1" MessagingMode="{mode}"'
        f' TimeOut="{wish.seconds}">{_caller(caller)}'
        f"<mss:MobileUser><mss:MSISDN>{escape(wish.msisdn)}</mss:MSISDN></mss:MobileUser>"
        f'<mss:DataToBeSigned MimeType="text/plain" Encoding="UTF-8">{escape(wish.to_sign)}</mss:DataToBeSigned>'
        f'<mss:DataToBeDisplayed MimeType="text/plain" Encoding="UTF-8">{escape(wish.to_show)}</mss:DataToBeDisplayed>'
        f"<mss:SignatureProfile><mss:mssURI>{escape(wish.profile)}</mss:mssURI></mss:SignatureProfile>"
        f"<mss:MSS_Format><mss:mssURI>{CMS}</mss:mssURI></mss:MSS_Format></mss:MSS_SignatureReq>",
    )


def status_request(transaction: str, *, caller: Caller) -> bytes:
    return _enveloped(
        "MSS_StatusQuery",
        f'<mss:MSS_StatusReq xmlns:mss="{MSS}" MajorVersion="1" MinorVersion="1"'
        f" MSSP_TransID={quoteattr(transaction)}>{_caller(caller)}</mss:MSS_StatusReq>",
    )


def answer_from(content: bytes) -> Answer:
    """Read a response or a fault; raises Unreadable for anything else."""
    root = read_xml(content)
    fault = root.first(f"{{{SOAP}}}Fault") or root.first(f"{{{SOAP_11}}}Fault")
    if fault is not None:
        return Answer(status=_fault_code(fault))
    said = root.first(_mss("MSS_SignatureResp")) or root.first(_mss("MSS_StatusResp"))
    if said is None:
        raise Unreadable("no answer of this service")
    code, caller = said.first(_mss("StatusCode")), said.first(_mss("AP_Info"))
    return Answer(
        status=code.attributes.get("Value", "") if code else "",
        transaction=said.attributes.get("MSSP_TransID", ""),
        own_transaction=caller.attributes.get("AP_TransID", "") if caller else "",
        msisdn=said.text_of(_mss("MSISDN")),
        signature=_bytes(said.text_of(_mss("Base64Signature"))),
    )


def _mss(name: str) -> str:
    return f"{{{MSS}}}{name}"


def _fault_code(fault: Element) -> str:
    """«mss:_401» in the Subcode of SOAP 1.2, or in the faultcode of 1.1."""
    for element in fault.walk():
        value = element.text.strip().rpartition(":")[2].removeprefix("_")
        if element.local_name in {"Value", "faultcode"} and value.isdecimal():
            return value
    return Status.INTERNAL_ERROR


def _bytes(text: str) -> bytes:
    try:
        return b64decode("".join(text.split()), validate=True)
    except ValueError:
        raise Unreadable("the signature is not base64") from None


def _caller(caller: Caller) -> str:
    instant = caller.at.isoformat(timespec="milliseconds")
    return (
        f"<mss:AP_Info AP_ID={quoteattr(caller.ap_id)} AP_PWD={quoteattr(caller.password)}"
        f" AP_TransID={quoteattr(caller.transaction)} Instant={quoteattr(instant)}/>"
        "<mss:MSSP_Info><mss:MSSP_ID/></mss:MSSP_Info>"
    )


def _enveloped(operation: str, body: str) -> bytes:
    whole = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<soap:Envelope xmlns:soap="{SOAP}"><soap:Body><{operation}>{body}</{operation}></soap:Body></soap:Envelope>'
    )
    return whole.encode()
