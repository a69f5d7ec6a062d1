"""The exchange's messages as this side reads and writes them: X-Road message protocol 4.0, operation GetByFilter."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from simulators.id_gov_ua.residents import Resident
from simulators.id_gov_ua.tax_number import born_on

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
XROAD = "http://x-road.eu/xsd/xroad.xsd"
IDENTIFIERS = "http://x-road.eu/xsd/identifiers"
SERVICE = "http://tempuri.org/"
TYPES = "http://schemas.datacontract.org/2004/07/AppService"


@dataclass(frozen=True, kw_only=True)
class Asked:
    client: str
    service: str
    user_id: str
    message_id: str
    version: str
    number: str
    header: bytes
    """As it came: the answer repeats it."""


class Misread(Exception):
    """Not a question; the text says what is wrong with it, as a security server would."""


def asked_in(content: bytes) -> Asked:
    if b"<!DOCTYPE" in content:
        raise Misread("Client.InvalidXml")
    try:
        root = ET.fromstring(content)  # noqa: S314 - the stand reads the platform's questions only
    except ET.ParseError:
        raise Misread("Client.InvalidXml") from None
    header, body = root.find(f"{{{SOAP}}}Header"), root.find(f"{{{SOAP}}}Body")
    if header is None or body is None:
        raise Misread("Client.InvalidSoap")
    question = body.find(f"{{{SERVICE}}}GetByFilter/{{{SERVICE}}}Filter")
    parts = {
        name: header.find(f"{{{XROAD}}}{name}") for name in ("client", "service", "userId", "id", "protocolVersion")
    }
    missing = [name for name, part in parts.items() if part is None]
    if missing or question is None:
        raise Misread(f"Client.MissingHeaderField.{missing[0]}" if missing else "Client.InvalidBody")
    return Asked(
        client=_slashes(parts["client"]),
        service=_slashes(parts["service"]),
        user_id=_text(parts["userId"]),
        message_id=_text(parts["id"]),
        version=_text(parts["protocolVersion"]),
        number=question.text or "",
        header=ET.tostring(header),
    )


def answer(asked: Asked, people: Sequence[Resident], *, message_id: str = "") -> bytes:
    header = asked.header.decode()
    if message_id:
        header = header.replace(asked.message_id, message_id)
    found = "".join(_user(person) for person in people)
    return (
        f'<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="{SOAP}">{header}<s:Body>'
        f'<GetByFilterResponse xmlns="{SERVICE}"><GetByFilterResult xmlns:a="{TYPES}">{found}</GetByFilterResult>'
        "</GetByFilterResponse></s:Body></s:Envelope>"
    ).encode()


def fault(code: str, words: str) -> bytes:
    return (
        f'<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="{SOAP}"><s:Body><s:Fault>'
        f"<faultcode>{escape(code)}</faultcode><faultstring>{escape(words)}</faultstring>"
        "</s:Fault></s:Body></s:Envelope>"
    ).encode()


def number_of(person: Resident) -> str:
    return next(
        (person.fields[name] for name in ("drfocode", "edrpoucode") if born_on(person.fields.get(name, ""))), ""
    )


def _user(person: Resident) -> str:
    number = number_of(person)
    born = born_on(number)
    said = {
        "Address": ", ".join(_known(person, name) for name in ("state", "locality", "address") if _known(person, name)),
        "Birthdate": f"{born.isoformat()}T00:00:00" if born else "",
        "Firstname": _known(person, "givenname"),
        "Inn": number,
        "Patronymic": _known(person, "middlename"),
        "Surname": _known(person, "lastname"),
    }
    return (
        "<a:AppUser>" + "".join(f"<a:{name}>{escape(text)}</a:{name}>" for name, text in said.items()) + "</a:AppUser>"
    )


def _known(person: Resident, name: str) -> str:
    value = person.fields.get(name, "")
    return "" if value == "n/a" else value


def _slashes(part: ET.Element | None) -> str:
    return "/".join(child.text or "" for child in part) if part is not None else ""


def _text(part: ET.Element | None) -> str:
    return (part.text or "").strip() if part is not None else ""
