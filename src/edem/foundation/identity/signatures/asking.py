"""Asking issuers of certificates what they know of revocation (OCSP, lists), with short patience and a memory.

Only addresses that a trusted issuer wrote into a certificate come here (kernel `wanting`), and `addresses` lets none of
them lead into our own networks.
"""

import hashlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network
from time import monotonic
from typing import Final

import httpx
from django.conf import settings

from edem.foundation.calling import web_authorities
from edem.foundation.identity.models import IssuerAnswer
from edem.foundation.identity.signatures.addresses import NotAllowedAddress, place_of
from edem.kernel.kep.certificates.crl import RevocationList
from edem.kernel.kep.certificates.ocsp_answer import OcspAnswer
from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.messages.evidence import Evidence
from edem.kernel.kep.verifying import Wanted

ONE_SECONDS: Final = 3.0
"""For one address."""
ALL_SECONDS: Final = 8.0
"""For one file: then it is judged by what has come."""
MOST_BYTES: Final = 1024 * 1024
MOST_ASKED: Final = 16
KEPT_ANSWER: Final = timedelta(minutes=5)
KEPT_LIST: Final = timedelta(hours=1)
KEPT_SILENCE: Final = timedelta(minutes=1)
OCSP_REQUEST: Final = "application/ocsp-request"

_LOG = logging.getLogger(__name__)


@dataclass(kw_only=True)
class Asking:
    """One file's questions: together they have a bounded time and number."""

    now: datetime
    client: httpx.Client
    began: float = field(default_factory=monotonic)
    asked: int = 0

    def evidence(self, wanted: Iterable[Wanted]) -> Evidence:
        crls: list[bytes] = []
        ocsp: list[bytes] = []
        for each in wanted:
            answer = self.answer(each)
            if answer:
                ocsp.append(answer)
            else:
                crls += self.lists(each)
        return Evidence(crls=tuple(dict.fromkeys(crls)), ocsp=tuple(ocsp))

    def answer(self, wanted: Wanted) -> bytes:
        found = (self.remembered(address, wanted.ocsp_request) for address in wanted.ocsp_addresses)
        return next((answer for answer in found if answer), b"")

    def lists(self, wanted: Wanted) -> list[bytes]:
        full = next((found for address in wanted.crl_addresses if (found := self.remembered(address))), b"")
        if not full:
            return []
        delta = next((found for address in wanted.delta_crl_addresses if (found := self.remembered(address))), b"")
        return [full, delta] if delta else [full]

    def remembered(self, address: str, request: bytes = b"") -> bytes:
        """What was said, now or lately; empty when nobody answered."""
        question = hashlib.sha256(address.encode() + b"\0" + request).digest()
        kept = IssuerAnswer.objects.filter(question=question, kept_until__gt=self.now).first()
        if kept is not None:
            return bytes(kept.answer)
        if self.asked >= MOST_ASKED or monotonic() - self.began > ALL_SECONDS:
            return b""
        self.asked += 1
        answer = self.fetched(address, request)
        lasts = _lasts(answer, request, now=self.now)
        IssuerAnswer.objects.update_or_create(
            question=question, defaults={"answer": answer, "kept_until": self.now + lasts}
        )
        return answer

    def fetched(self, address: str, request: bytes) -> bytes:
        """Empty for everything that is not a readable answer: the verdict then says what it lacked."""
        try:
            place = place_of(address, inner=_inner())
            body = _body(self.client, place.url, request, headers=place.headers, extensions=place.extensions)
            _read(body, request)
        except (NotAllowedAddress, httpx.HTTPError, httpx.InvalidURL, Unreadable) as fault:
            _LOG.warning("An issuer was asked in vain: %s: %s", address[:200], type(fault).__name__)
            return b""
        return body


def _inner() -> "list[IPv4Network | IPv6Network]":
    return [ip_network(each) for each in settings.EDEM.kep_online_networks if each]


def asked_issuers(wanted: Iterable[Wanted], *, now: datetime) -> Evidence:
    # Neither a proxy from the environment nor a redirect may lead where the address itself would not.
    with httpx.Client(timeout=ONE_SECONDS, follow_redirects=False, trust_env=False, verify=web_authorities()) as client:
        return Asking(now=now, client=client).evidence(wanted)


def _body(
    client: httpx.Client, url: str, request: bytes, *, headers: dict[str, str], extensions: dict[str, str]
) -> bytes:
    method, content = ("POST", request) if request else ("GET", None)
    given = {**headers, "Content-Type": OCSP_REQUEST} if request else headers
    began = monotonic()
    with client.stream(method, url, content=content, headers=given, extensions=extensions) as response:
        response.raise_for_status()
        body = bytearray()
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > MOST_BYTES or monotonic() - began > ONE_SECONDS:
                raise Unreadable("issuer.too_long", length=len(body))
    return bytes(body)


def _read(body: bytes, request: bytes) -> RevocationList | OcspAnswer:
    return OcspAnswer.parse(body) if request else RevocationList.parse(body)


def _lasts(answer: bytes, request: bytes, *, now: datetime) -> timedelta:
    """A list until the next one is due; an OCSP answer for minutes, so that a revocation is soon known."""
    if not answer:
        return KEPT_SILENCE
    if request:
        return KEPT_ANSWER
    due = RevocationList.parse(answer).next_at
    return max(min(due - now, KEPT_LIST), KEPT_SILENCE) if due else KEPT_SILENCE
