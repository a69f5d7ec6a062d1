"""The register of residents through «Трембіта»: one question, one answer, nothing kept.

The question and the answer follow a published description (operation GetByFilter: a tax number in, people out).
A register with other element names needs only another `question_about` and `people_in`.
"""

import logging
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from xml.sax.saxutils import escape

import httpx

from edem.foundation.calling import web_authorities
from edem.foundation.identity.errors import ProviderFault
from edem.foundation.identity.membership.xroad import Address, Fault, Question, body_of, written
from edem.foundation.identity.reading_xml import LARGEST, Element, Unreadable

log = logging.getLogger(__name__)

SERVICE: Final = "http://tempuri.org/"
ACTION: Final = f"{SERVICE}IAppService/GetByFilter"
PATIENCE_SECONDS = 10.0


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One person as the register gives them."""

    tax_number: str
    born_on: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Trembita:
    url: str
    client: Address
    service: Address

    def address_of(self, tax_number: str, *, born_on: str, user_id: str) -> str | None:
        """Only of exactly one address: two answers are no answer."""
        message_id = str(uuid.uuid4())
        question = Question(
            client=self.client,
            service=self.service,
            user_id=user_id,
            message_id=message_id,
            body=question_about(tax_number),
        )
        try:
            people = people_in(body_of(self._said(written(question)), message_id=message_id))
        except Unreadable as nonsense:
            log.warning("the register's answer cannot be read: %s", nonsense)
            raise ProviderFault("identity.register_broken") from None
        except Fault as refusal:
            log.warning("the register refuses to answer: %s", refusal.code[:100])
            raise ProviderFault("identity.register_refuses") from None
        same = [each for each in people if each.tax_number == tax_number and each.born_on in {"", born_on}]
        addresses = {each.address for each in same if each.address}
        return addresses.pop() if len(addresses) == 1 else None

    def _said(self, question: bytes) -> bytes:
        headers = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": f'"{ACTION}"'}
        try:
            with (
                httpx.Client(timeout=PATIENCE_SECONDS, verify=web_authorities()) as client,
                client.stream("POST", self.url, content=question, headers=headers) as answer,
            ):
                return _bounded(answer)
        except httpx.HTTPError as silence:
            log.warning("the register did not answer: %s", type(silence).__name__)
            raise ProviderFault("identity.register_silent") from None


def question_about(tax_number: str) -> str:
    return f'<reg:GetByFilter xmlns:reg="{SERVICE}"><reg:Filter>{escape(tax_number)}</reg:Filter></reg:GetByFilter>'


def people_in(body: Element) -> Sequence[Entry]:
    if body.first(f"{{{SERVICE}}}GetByFilterResponse") is None:
        raise Unreadable("no answer of this service")
    return [_entry(each) for each in body.walk() if each.local_name == "AppUser"]


def _entry(element: Element) -> Entry:
    said = {child.local_name: " ".join(child.text.split()) for child in element.children}
    return Entry(
        tax_number=said.get("Inn", ""), born_on=said.get("Birthdate", "")[:10], address=said.get("Address", "")
    )


def _bounded(answer: httpx.Response) -> bytes:
    """A fault comes with status 500 and is read like any answer; whatever is endless is not read to its end."""
    if answer.status_code not in {HTTPStatus.OK, HTTPStatus.INTERNAL_SERVER_ERROR}:
        raise ProviderFault("identity.register_silent")
    content = b""
    for part in answer.iter_bytes():
        content += part
        if len(content) > LARGEST:
            raise ProviderFault("identity.register_broken")
    return content
