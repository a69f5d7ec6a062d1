"""The connector to id.gov.ua: OAuth 2.0 by its own wire format (spec, «id.gov.ua»). It keeps nothing."""

import json
import logging
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode

import httpx
from django.conf import settings

from edem.foundation.identity.claims import THROUGH_ID_GOV_UA, Claims, Method, claims_from
from edem.foundation.identity.errors import ProviderFault
from edem.foundation.identity.providers.decryption.port import Decryption
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
        with httpx.Client(base_url=self.base_url, timeout=self.patience) as client:
            token = self._token(client, code, redirect_uri)
            return claims_from(self._person(client, token))

    def _token(self, client: httpx.Client, code: str, redirect_uri: str) -> Mapping[str, object]:
        answer = self._asked(
            client,
            "/get-access-token",
            grant_type="authorization_code",
            client_id=self.client_id,
            client_secret=self.client_secret,
            code=code,
            redirect_uri=redirect_uri,
        )
        if answer.get("error") == "invalid_client":
            log.error("id.gov.ua refuses this installation's client id or secret")
            raise ProviderFault("identity.provider_broken", service=SERVICE)
        if answer.get("error"):
            raise Invalid("identity.code_refused")
        return answer

    def _person(self, client: httpx.Client, token: Mapping[str, object]) -> Mapping[str, object]:
        if not token.get("access_token") or not token.get("user_id"):
            raise ProviderFault("identity.provider_broken", service=SERVICE)
        asked = {"access_token": token["access_token"], "user_id": token["user_id"], "fields": FIELDS}
        if self.decryption is not None:
            asked["cert"] = b64encode(self.decryption.certificate()).decode()
        answer = self._asked(client, "/get-user-info", **asked)
        if answer.get("error"):
            raise ProviderFault("identity.person_refused", service=SERVICE)
        return self._opened(answer)

    def _opened(self, answer: Mapping[str, object]) -> Mapping[str, object]:
        envelope = answer.get("encryptedUserInfo")
        if not envelope:
            return answer
        if self.decryption is None:
            raise ProviderFault("identity.provider_broken", service=SERVICE)
        return _object(self.decryption.opened(b64decode(str(envelope))))

    def _asked(self, client: httpx.Client, path: str, **form: object) -> Mapping[str, object]:
        """A form POST, so that neither secret nor token stands in anyone's log of addresses."""
        try:
            answer = client.post(path, data=form)
        except httpx.TransportError as silence:
            log.warning("id.gov.ua did not answer %s: %s", path, type(silence).__name__)
            raise ProviderFault("identity.provider_silent", service=SERVICE) from None
        if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            log.warning("id.gov.ua answered %s with %s", path, answer.status_code)
            raise ProviderFault("identity.provider_broken", service=SERVICE)
        return _object(answer.content)


def _object(text: bytes) -> Mapping[str, object]:
    try:
        said = json.loads(text)
    except ValueError:
        raise ProviderFault("identity.provider_broken", service=SERVICE) from None
    if not isinstance(said, dict):
        raise ProviderFault("identity.provider_broken", service=SERVICE)
    return said


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
    )
