"""The connector to the mobile signature service: asks a phone for a signature and asks what became of it."""

import logging
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Final

import httpx
from django.conf import settings

from edem.foundation.calling import web_authorities
from edem.foundation.identity.errors import ProviderFault
from edem.foundation.identity.providers.mobile_id.messages import (
    Answer,
    Caller,
    Mode,
    Status,
    Wish,
    answer_from,
    signature_request,
    status_request,
)
from edem.foundation.identity.reading_xml import LARGEST, Unreadable
from edem.kernel.errors import Invalid, NotAllowed, Refused

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 10.0
"""For an answer that says only that the request was taken, or how it stands."""
PHONE_SECONDS: Final = 80
"""How long a person may look for their phone; the service gives the request up by itself then."""
DONE: Final = frozenset({Status.SIGNATURE, Status.VALID_SIGNATURE})
WAITING: Final = frozenset({Status.REQUEST_OK, Status.OUTSTANDING_TRANSACTION})

_OF_THE_PERSON: Final = {
    Status.UNKNOWN_CLIENT: "identity.mobile_id_unknown_number",
    Status.NO_KEY_FOUND: "identity.mobile_id_unknown_number",
    Status.NO_CERT_FOUND: "identity.mobile_id_unknown_number",
    Status.REVOKED_CERTIFICATE: "identity.mobile_id_revoked",
    Status.PIN_NR_BLOCKED: "identity.mobile_id_blocked",
    Status.CARD_BLOCKED: "identity.mobile_id_blocked",
    Status.EXPIRED_TRANSACTION: "identity.mobile_id_expired",
    Status.OTA_ERROR: "identity.mobile_id_unreachable",
    Status.PB_SIGNATURE_PROCESS: "identity.mobile_id_unreachable",
    Status.INVALID_SIGNATURE: "identity.mobile_id_wrong_signature",
}


@dataclass(frozen=True, kw_only=True)
class MobileId:
    base_url: str
    ap_id: str
    ap_password: str
    profile: str
    mode: Mode
    patience: float

    def ask(self, wish: Wish, *, now: datetime) -> Answer:
        """Send the request to the phone; polled, the answer says only that it was taken."""
        caller = self._caller(now)
        content = signature_request(wish, caller=caller, mode=self.mode)
        patience = self.patience if self.mode is Mode.POLLED else self.patience + wish.seconds
        answer = self._sent("/MSS_Signature", content, patience=patience)
        return self._checked(answer, caller, msisdn=wish.msisdn)

    def standing(self, transaction: str, *, msisdn: str, now: datetime) -> Answer:
        """What became of a request: still waiting, or signed; a refusal is raised."""
        caller = self._caller(now)
        answer = self._sent("/MSS_Status", status_request(transaction, caller=caller), patience=self.patience)
        if answer.transaction not in ("", transaction):
            log.error("MobileID answered about another request")
            raise ProviderFault("identity.mobile_id_broken")
        return self._checked(answer, caller, msisdn=msisdn)

    def _caller(self, now: datetime) -> Caller:
        # An XML name must not begin with a digit.
        return Caller(ap_id=self.ap_id, password=self.ap_password, transaction=f"T{secrets.token_hex(12)}", at=now)

    def _sent(self, path: str, content: bytes, *, patience: float) -> Answer:
        headers = {"Content-Type": "application/soap+xml; charset=utf-8"}
        try:
            with (
                httpx.Client(base_url=self.base_url, timeout=patience, verify=web_authorities()) as client,
                client.stream("POST", path, content=content, headers=headers) as response,
            ):
                return _read(b"".join(_bounded(response, patience=patience)), status=response.status_code)
        except httpx.HTTPError as silence:
            log.warning("MobileID did not answer %s: %s", path, type(silence).__name__)
            raise ProviderFault("identity.mobile_id_silent") from None

    def _checked(self, answer: Answer, caller: Caller, *, msisdn: str) -> Answer:
        if answer.status not in DONE | WAITING:
            raise _refusal(answer.status)
        is_ours = answer.own_transaction in ("", caller.transaction)
        if not is_ours or answer.msisdn.lstrip("+") not in ("", msisdn.lstrip("+")):
            log.error("MobileID answered to another question, or for another phone")
            raise ProviderFault("identity.mobile_id_broken")
        return answer


def _bounded(response: httpx.Response, *, patience: float) -> Iterator[bytes]:
    """Neither endless nor drop by drop: the client's own patience begins anew with every byte."""
    received, until = 0, time.monotonic() + patience
    for part in response.iter_bytes():
        received += len(part)
        if received > LARGEST:
            raise ProviderFault("identity.mobile_id_broken")
        if time.monotonic() > until:
            raise ProviderFault("identity.mobile_id_silent")
        yield part


def _read(content: bytes, *, status: int) -> Answer:
    """A fault comes with a status of 500, and is an answer all the same."""
    try:
        return answer_from(content)
    except Unreadable as broken:
        log.warning("MobileID answered %s with what cannot be read: %s", status, broken)
        code = "silent" if status >= HTTPStatus.BAD_GATEWAY else "broken"
        raise ProviderFault(f"identity.mobile_id_{code}") from None


def _refusal(status: str) -> Refused:
    if status == Status.USER_CANCEL:
        return NotAllowed("identity.mobile_id_cancelled")
    if status in _OF_THE_PERSON:
        return Invalid(_OF_THE_PERSON[Status(status)])
    log.error("MobileID refuses this installation's request with %s", status if status.isdecimal() else "nonsense")
    return ProviderFault("identity.mobile_id_broken")


def connector() -> MobileId:
    """The service this installation is connected to; only the address and the password tell it from the simulator."""
    env = settings.EDEM
    return MobileId(
        base_url=env.mobile_id_url,
        ap_id=env.mobile_id_ap_id,
        ap_password=env.mobile_id_ap_password,
        profile=env.mobile_id_profile,
        mode=Mode(env.mobile_id_mode),
        patience=PATIENCE_SECONDS,
    )
