"""The connector to id.gov.ua: OAuth 2.0 by its own wire format (spec, «id.gov.ua»). It keeps nothing."""

import logging
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import httpx
from django.conf import settings

from edem.foundation.calling import web_authorities
from edem.foundation.identity.claims import THROUGH_ID_GOV_UA, Claims, Method, claims_from
from edem.foundation.identity.errors import ProviderFault
from edem.foundation.identity.providers.decryption.choosing import chosen_decryption
from edem.foundation.identity.providers.decryption.port import Decryption
from edem.foundation.identity.providers.envelopes import opened, own_certificate
from edem.foundation.identity.providers.far_side import FarSide, Said
from edem.foundation.identity.providers.interface import Answer, Redirecting
from edem.kernel.errors import Invalid

log = logging.getLogger(__name__)

FIELDS = "lastname,givenname,middlename,drfocode,edrpoucode,unzr,locality,state,address,phone,email,auth_type"
PATIENCE_SECONDS = 10.0
SERVICE = "id.gov.ua"


@dataclass(frozen=True, kw_only=True)
class IdGovUa:
    base_url: str
    client_id: str
    client_secret: str
    patience: float
    decryption: Decryption | None = None
    """With it people's data are asked for encrypted, and an answer in clear is refused."""

    def authorisation_url(self, *, method: str, state: str, redirect_uri: str) -> str:
        """Where the browser goes; the authorisation endpoint is the service's root."""
        query = {
            "response_type": "code",
            "client_id": self.client_id,
            "auth_type": method,
            "state": state,
            "redirect_uri": redirect_uri,
        }
        return f"{self.base_url.rstrip('/')}/?{urlencode(query)}"

    def claims(self, code: str, *, redirect_uri: str) -> Claims:
        """Exchange the one-time code for a token, the token for the person; both are forgotten here."""
        with httpx.Client(base_url=self.base_url, timeout=self.patience, verify=web_authorities()) as client:
            there = FarSide(service=SERVICE, client=client)
            found = claims_from(self._person(there, self._token(there, code, redirect_uri)))
        if found.method not in THROUGH_ID_GOV_UA:
            raise Invalid("identity.method_unknown")
        return found

    def _token(self, there: FarSide, code: str, redirect_uri: str) -> Said:
        form = {
            "grant_type": "authorization_code",
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "code": code,
            "redirect_uri": redirect_uri,
        }
        said = there.asked("/get-access-token", data=form)
        if said.answer.get("error") == "invalid_client":
            log.error("id.gov.ua refuses this installation's client id or secret")
            raise there.broken()
        if said.answer.get("error"):
            raise Invalid("identity.code_refused")
        return said

    def _person(self, there: FarSide, token: Said) -> Mapping[str, object]:
        # `expires_in` is text and of no use: the token is spent at once, and may be good for one question only.
        if not token.text("access_token") or not token.answer.get("user_id"):
            raise there.broken()
        form = {"access_token": token.text("access_token"), "user_id": token.answer["user_id"], "fields": FIELDS}
        if self.decryption is not None:
            form["cert"] = b64encode(own_certificate(self.decryption)).decode()
        said = there.asked("/get-user-info", data=form)
        if said.answer.get("error"):
            raise ProviderFault("identity.person_refused", service=SERVICE)
        return self._in_clear(there, said)

    def _in_clear(self, there: FarSide, said: Said) -> Mapping[str, object]:
        envelope = said.text("encryptedUserInfo")
        if bool(envelope) != (self.decryption is not None):
            raise there.broken()
        if self.decryption is None:
            return said.answer
        return there.understood(opened(envelope, decryption=self.decryption, service=SERVICE))


class IdGovUaWay(Redirecting):
    code = ""
    methods = THROUGH_ID_GOV_UA

    def is_connected(self) -> bool:
        return bool(settings.EDEM.id_gov_ua_url)

    def address(self, method: Method, *, state: str, return_address: str) -> str:
        return connector().authorisation_url(method=method.value, state=state, redirect_uri=return_address)

    def claims(self, answer: Answer) -> Claims:
        return connector().claims(answer.parameters.get("code", ""), redirect_uri=answer.return_address)


def connector() -> IdGovUa:
    """The service this installation is connected to; only the address tells the real one from the test stand."""
    env = settings.EDEM
    return IdGovUa(
        base_url=env.id_gov_ua_url,
        client_id=env.id_gov_ua_client_id,
        client_secret=env.id_gov_ua_client_secret,
        patience=PATIENCE_SECONDS,
        decryption=chosen_decryption() if env.id_gov_ua_encrypted else None,
    )
