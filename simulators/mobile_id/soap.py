"""Requests of ETSI TS 102 204 read, answers written; and the answers that no honest service gives."""

from dataclasses import dataclass
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

MSS = "http://uri.etsi.org/TS102204/v1.1.2#"
SOAP = "http://www.w3.org/2003/05/soap-envelope"

WORDS = {
    "100": "REQUEST_OK",
    "101": "WRONG_PARAM",
    "102": "MISSING_PARAM",
    "104": "UNAUTHORIZED_ACCESS",
    "105": "UNKNOWN_CLIENT",
    "208": "EXPIRED_TRANSACTION",
    "401": "USER_CANCEL",
    "402": "PIN_NR_BLOCKED",
    "500": "SIGNATURE",
    "501": "REVOKED_CERTIFICATE",
    "504": "OUTSTANDING_TRANSACTION",
    "900": "INTERNAL_ERROR",
}


class Misread(Exception):
    """A request this service does not understand; `code` is the fault's."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request; a signature has a phone and a text, a status has a transaction."""

    kind: str
    ap_id: str
    ap_password: str
    ap_transaction: str
    mode: str = ""
    seconds: float = 80
    msisdn: str = ""
    to_sign: str = ""
    to_show: str = ""
    transaction: str = ""


def asked_in(content: bytes) -> Asked:
    try:
        root = ET.fromstring(content)  # noqa: S314 - the stand's own client on this machine
    except ET.ParseError:
        raise Misread("101") from None
    request = next(
        (each for each in root.iter() if each.tag in (_mss("MSS_SignatureReq"), _mss("MSS_StatusReq"))), None
    )
    caller = request.find(_mss("AP_Info")) if request is not None else None
    if request is None or caller is None:
        raise Misread("102")
    return Asked(
        kind=request.tag.partition("}")[2],
        ap_id=caller.get("AP_ID", ""),
        ap_password=caller.get("AP_PWD", ""),
        ap_transaction=caller.get("AP_TransID", ""),
        mode=request.get("MessagingMode", ""),
        seconds=float(request.get("TimeOut", "80")),
        msisdn=request.findtext(f"{_mss('MobileUser')}/{_mss('MSISDN')}", "").strip(),
        to_sign=request.findtext(_mss("DataToBeSigned"), ""),
        to_show=request.findtext(_mss("DataToBeDisplayed"), ""),
        transaction=request.get("MSSP_TransID", ""),
    )


def answer(asked: Asked, *, status: str, transaction: str, msisdn: str, signature: str = "") -> str:
    """`signature` is base64, when there is one."""
    name = asked.kind.replace("Req", "Resp")
    signed = f"<mss:MSS_Signature><mss:Base64Signature>{signature}</mss:Base64Signature></mss:MSS_Signature>"
    return _enveloped(
        f'<mss:{name} xmlns:mss="{MSS}" MajorVersion="1" MinorVersion="1" MSSP_TransID="{escape(transaction)}">'
        f'<mss:AP_Info AP_ID="{escape(asked.ap_id)}" AP_PWD="" AP_TransID="{escape(asked.ap_transaction)}"'
        ' Instant="2026-01-01T00:00:00.000Z"/><mss:MSSP_Info Instant="2026-01-01T00:00:00.000Z"><mss:MSSP_ID/>'
        f"</mss:MSSP_Info><mss:MobileUser><mss:MSISDN>{escape(msisdn)}</mss:MSISDN></mss:MobileUser>"
        f"{signed if signature else ''}"
        f'<mss:Status><mss:StatusCode Value="{status}"/><mss:StatusMessage>{WORDS.get(status, "?")}'
        f"</mss:StatusMessage></mss:Status></mss:{name}>"
    )


def fault(code: str) -> str:
    return _enveloped(
        "<soap:Fault><soap:Code><soap:Value>soap:Sender</soap:Value>"
        f'<soap:Subcode xmlns:mss="{MSS}"><soap:Value>mss:_{code}</soap:Value></soap:Subcode></soap:Code>'
        f'<soap:Reason><soap:Text xml:lang="en">{WORDS.get(code, "?")}</soap:Text></soap:Reason></soap:Fault>'
    )


def bomb() -> str:
    """A billion laughs."""
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a0 "ха">{levels}]><b>&a9;</b>'


def outside() -> str:
    return '<?xml version="1.0"?><!DOCTYPE b [<!ENTITY e SYSTEM "file:///etc/passwd">]><b>&e;</b>'


def deep() -> str:
    return "<b>" * 5_000 + "</b>" * 5_000


def _mss(name: str) -> str:
    return f"{{{MSS}}}{name}"


def _enveloped(body: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<soap:Envelope xmlns:soap="{SOAP}"><soap:Body>{body}</soap:Body></soap:Envelope>'
    )
