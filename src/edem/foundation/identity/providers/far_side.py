"""Asks a provider over HTTP; its silence, its faults and its nonsense become one kind of refusal, which names it."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import httpx

from edem.foundation.identity.errors import ProviderFault

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Said:
    status: int
    answer: Mapping[str, object]

    def text(self, name: str) -> str:
        value = self.answer.get(name)
        return value if isinstance(value, str) else ""


@dataclass(frozen=True, kw_only=True)
class FarSide:
    service: str
    """As people know it: «id.gov.ua», «BankID»."""
    client: httpx.Client

    def asked(self, path: str, **request: Any) -> Said:
        """Always a POST, so that neither secret nor token stands in anyone's log of addresses."""
        try:
            answer = self.client.post(path, **request)
        except httpx.HTTPError as silence:
            log.warning("%s did not answer %s: %s", self.service, path, type(silence).__name__)
            raise ProviderFault("identity.provider_silent", service=self.service) from None
        if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            log.warning("%s answered %s with %s", self.service, path, answer.status_code)
            raise self.broken()
        return Said(status=answer.status_code, answer=self.understood(answer.content))

    def understood(self, text: bytes) -> Mapping[str, object]:
        try:
            said = json.loads(text)
        except (ValueError, RecursionError):
            raise self.broken() from None
        if not isinstance(said, dict):
            raise self.broken()
        return said

    def broken(self) -> ProviderFault:
        return ProviderFault("identity.provider_broken", service=self.service)
