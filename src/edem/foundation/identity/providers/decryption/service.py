"""A crypto service over HTTP: `GET /certificate` gives DER, `POST /open` takes EnvelopedData and gives its content."""

import logging
from dataclasses import dataclass
from http import HTTPStatus

import httpx

from edem.foundation.calling import web_authorities
from edem.foundation.identity.providers.decryption.port import (
    LARGEST_CONTENT,
    LARGEST_ENVELOPE,
    PATIENCE_SECONDS,
    HolderSilent,
    Unopened,
)

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class HolderOverHttp:
    base_url: str
    token: str
    patience: float = PATIENCE_SECONDS

    def certificate(self) -> bytes:
        answer = self._asked("GET", "/certificate")
        if answer.status_code != HTTPStatus.OK or not answer.content:
            raise self._strange("/certificate", answer)
        return answer.content

    def opened(self, envelope: bytes) -> bytes:
        if len(envelope) > LARGEST_ENVELOPE:
            raise Unopened
        answer = self._asked("POST", "/open", content=envelope, headers={"Content-Type": "application/pkcs7-mime"})
        if answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY:
            raise Unopened
        if answer.status_code != HTTPStatus.OK or len(answer.content) > LARGEST_CONTENT:
            raise self._strange("/open", answer)
        return answer.content

    def _asked(
        self, method: str, path: str, *, content: bytes | None = None, headers: dict[str, str] | None = None
    ) -> httpx.Response:
        own = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        try:
            with httpx.Client(
                base_url=self.base_url, timeout=self.patience, headers=own, verify=web_authorities()
            ) as client:
                return client.request(method, path, content=content, headers=headers)
        except httpx.HTTPError as silence:
            log.warning("the crypto service did not answer %s: %s", path, type(silence).__name__)
            raise HolderSilent from None

    def _strange(self, path: str, answer: httpx.Response) -> HolderSilent:
        log.error("the crypto service answered %s with %s", path, answer.status_code)
        return HolderSilent()
