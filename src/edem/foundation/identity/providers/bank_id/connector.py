"""The connector to BankID of the National Bank: OAuth 2.0, then data encrypted for us and signed by the bank."""

import logging
import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from urllib.parse import urlencode

import httpx

from edem.foundation.calling import web_authorities
from edem.foundation.identity.claims import Claims
from edem.foundation.identity.errors import ProviderFault
from edem.foundation.identity.providers.bank_id.reading import ASKED, claims_from_bank
from edem.foundation.identity.providers.bank_id.signature import content_signed_with
from edem.foundation.identity.providers.decryption.port import Decryption
from edem.foundation.identity.providers.envelopes import opened, own_certificate
from edem.foundation.identity.providers.far_side import FarSide, Said
from edem.kernel.deadlines import kyiv_day
from edem.kernel.errors import Invalid
from edem.kernel.kep.verdict import Verdict

log = logging.getLogger(__name__)

SERVICE = "BankID"
_REFERENCE = re.compile(r"[\w.:-]{1,80}")

Check = Callable[[bytes, datetime], Verdict]


@dataclass(frozen=True, kw_only=True)
class BankId:
    base_url: str
    client_id: str
    client_secret: str
    patience: float
    decryption: Decryption
    check: Check
    """Verifies a signature against the installation's trust list."""

    def authorisation_url(self, *, state: str, redirect_uri: str) -> str:
        query = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": redirect_uri,
            "state": state,
        }
        return f"{self.base_url.rstrip('/')}/v1/bank/oauth2/authorize?{urlencode(query)}"

    def claims(self, code: str, *, redirect_uri: str, now: datetime) -> Claims:
        """Code → token → the client's data → what is inside the envelope and under the signature."""
        certificate = own_certificate(self.decryption)
        with httpx.Client(base_url=self.base_url, timeout=self.patience, verify=web_authorities()) as client:
            there = FarSide(service=SERVICE, client=client)
            token = self._token(there, code, redirect_uri)
            said = self._client(there, token, certificate)
        signed = opened(said.text("customerCrypto"), decryption=self.decryption, service=SERVICE)
        content = content_signed_with(_bank_certificate(said), verdict=self.check(signed, now))
        return claims_from_bank(there.understood(content), today=kyiv_day(now))

    def _token(self, there: FarSide, code: str, redirect_uri: str) -> Said:
        return self._granted(
            there, "/v1/bank/oauth2/token", grant_type="authorization_code", code=code, redirect_uri=redirect_uri
        )

    def _granted(self, there: FarSide, path: str, **form: str) -> Said:
        ours = {"client_id": self.client_id, "client_secret": self.client_secret}
        said = there.asked(path, data={**form, **ours})
        if said.answer.get("error") == "invalid_client":
            log.error("BankID refuses this installation's client id or secret")
            raise there.broken()
        if said.answer.get("error"):
            raise Invalid("identity.code_refused")
        if not said.text("access_token"):
            raise there.broken()
        return said

    def _client(self, there: FarSide, token: Said, certificate: bytes) -> Said:
        """A token that has ended meanwhile is refreshed once."""
        said = self._asked_for_client(there, token, certificate)
        if said.status == HTTPStatus.UNAUTHORIZED and token.text("refresh_token"):
            token = self._granted(
                there,
                "/v1/bank/oauth2/refresh_token",
                grant_type="refresh_token",
                refresh_token=token.text("refresh_token"),
            )
            said = self._asked_for_client(there, token, certificate)
        if said.text("state") != "ok" or not said.text("customerCrypto"):
            raise ProviderFault("identity.person_refused", service=SERVICE)
        # The bank's and the session's numbers are what the National Bank asks for in a dispute; they name nobody.
        log.info(
            "BankID answered: member %s, session %s", *map(_reference, (said.text("memberId"), said.text("sidBi")))
        )
        return said

    def _asked_for_client(self, there: FarSide, token: Said, certificate: bytes) -> Said:
        bearer = {"Authorization": f"Bearer {token.text('access_token')}"}
        body = {**ASKED, "cert": b64encode(certificate).decode()}
        return there.asked("/v1/bank/resource/client", json=body, headers=bearer)


def _bank_certificate(said: Said) -> bytes:
    try:
        return b64decode("".join(said.text("cert").split()), validate=True)
    except (NotBase64, ValueError):
        raise ProviderFault("identity.provider_broken", service=SERVICE) from None


def _reference(text: str) -> str:
    return text if _REFERENCE.fullmatch(text) else "?"
