"""X-Road message protocol 4.0 as «Трембіта» speaks it: the envelope around any register's question. Bytes in and out.

Headers by xroad.xsd and identifiers.xsd: client, service, userId, id, protocolVersion; they come back in the answer.
"""

from dataclasses import dataclass
from typing import Final, Self
from xml.sax.saxutils import escape

from edem.foundation.identity.reading_xml import Element, Unreadable, read_xml

SOAP: Final = "http://schemas.xmlsoap.org/soap/envelope/"
XROAD: Final = "http://x-road.eu/xsd/xroad.xsd"
IDENTIFIERS: Final = "http://x-road.eu/xsd/identifiers"
VERSION: Final = "4.0"
_MEMBER: Final = ("xRoadInstance", "memberClass", "memberCode", "subsystemCode")
_SERVICE: Final = (*_MEMBER, "serviceCode", "serviceVersion")


class Fault(Exception):
    """The security server or the register says that it will not answer; `code` is theirs."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, kw_only=True)
class Address:
    """A member's subsystem or a service of one, written as the operators write it: with slashes."""

    parts: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> Self:
        return cls(parts=tuple(part.strip() for part in text.split("/")))

    @property
    def is_client(self) -> bool:
        return len(self.parts) in (3, 4) and all(self.parts)

    @property
    def is_service(self) -> bool:
        return len(self.parts) in (5, 6) and all(self.parts)


@dataclass(frozen=True, kw_only=True)
class Question:
    client: Address
    service: Address
    user_id: str
    """Whose act it is that asks; never the person asked about."""
    message_id: str
    body: str
    """The register's own element, well-formed."""


def written(question: Question) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<soapenv:Envelope xmlns:soapenv="{SOAP}" xmlns:xro="{XROAD}" xmlns:iden="{IDENTIFIERS}">'
        "<soapenv:Header>"
        f"{_identifier('client', question.client.parts, names=_MEMBER)}"
        f"{_identifier('service', question.service.parts, names=_SERVICE)}"
        f"<xro:userId>{escape(question.user_id)}</xro:userId>"
        f"<xro:id>{escape(question.message_id)}</xro:id>"
        f"<xro:protocolVersion>{VERSION}</xro:protocolVersion>"
        f"</soapenv:Header><soapenv:Body>{question.body}</soapenv:Body></soapenv:Envelope>"
    ).encode()


def body_of(content: bytes, *, message_id: str) -> Element:
    """The answer to this very question; Fault when it is refused, Unreadable when it is nonsense or another's."""
    root = read_xml(content)
    body = root.first(f"{{{SOAP}}}Body")
    if root.name != f"{{{SOAP}}}Envelope" or body is None:
        raise Unreadable("no envelope")
    fault = next((each for each in body.children if each.name == f"{{{SOAP}}}Fault"), None)
    if fault is not None:
        raise Fault(next((each.text.strip() for each in fault.children if each.local_name == "faultcode"), ""))
    if root.text_of(f"{{{XROAD}}}id") != message_id:
        raise Unreadable("an answer to another question")
    return body


def _identifier(name: str, parts: tuple[str, ...], *, names: tuple[str, ...]) -> str:
    kind = "SERVICE" if name == "service" else ("SUBSYSTEM" if len(parts) == len(_MEMBER) else "MEMBER")
    inside = "".join(f"<iden:{tag}>{escape(part)}</iden:{tag}>" for tag, part in zip(names, parts, strict=False))
    return f'<xro:{name} iden:objectType="{kind}">{inside}</xro:{name}>'
