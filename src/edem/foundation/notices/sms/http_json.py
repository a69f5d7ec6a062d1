"""A gateway spoken to in JSON over HTTP; the format is in docs/guides/messages.md."""

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from uuid import UUID

import httpx

from edem.foundation.calling import web_authorities
from edem.foundation.notices.post import Fate, Outcome
from edem.foundation.notices.sms.port import Report

_LARGEST: Final = 64 * 1024
_NOTHING_WENT_OUT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_COME_AGAIN: Final = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS,
                                HTTPStatus.SERVICE_UNAVAILABLE})  # fmt: skip
"""The key is wrong or the gateway is busy: it says itself that it has taken nothing."""


@dataclass(frozen=True, kw_only=True)
class JsonGateway:
    address: str
    key: str
    sender: str
    seconds: float = 10

    def send(self, number: UUID, *, to: str, text: str) -> Outcome:
        """Whatever happens after the words went out and is not an answer is unknown: they may be on their way."""
        asked = {"id": str(number), "to": to, "text": text, "sender": self.sender}
        try:
            status, said = self._said("POST", "/messages", asked)
        except _NOTHING_WENT_OUT:
            return Outcome(Fate.LATER)
        except httpx.HTTPError:
            return Outcome(Fate.UNKNOWN)
        return Outcome(_fate(status, said, number), code=status)

    def report(self, number: UUID) -> Report | None:
        try:
            status, said = self._said("GET", f"/messages/{number}")
        except httpx.HTTPError:
            return None
        if status == HTTPStatus.NOT_FOUND:
            return Report.NOT_KNOWN
        if status != HTTPStatus.OK or said.get("id") != str(number) or said.get("status") not in set(Report):
            return None
        return Report(str(said["status"]))

    def _said(self, method: str, path: str, asked: dict[str, str] | None = None) -> tuple[int, dict[str, object]]:
        headers = {"Authorization": f"Bearer {self.key}"}
        with (
            httpx.Client(timeout=self.seconds, trust_env=False, verify=web_authorities()) as client,
            client.stream(method, self.address.rstrip("/") + path, json=asked, headers=headers) as answer,
        ):
            return answer.status_code, _read(answer)


def _read(answer: httpx.Response) -> dict[str, object]:
    """Empty when it is not the JSON that was agreed on."""
    content = b""
    for part in answer.iter_bytes():
        content += part
        if len(content) > _LARGEST:
            return {}
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _fate(status: int, said: dict[str, object], number: UUID) -> Fate:
    if status in {HTTPStatus.OK, HTTPStatus.ACCEPTED}:
        return Fate.SENT if said.get("id") == str(number) else Fate.UNKNOWN
    if status in _COME_AGAIN:
        return Fate.LATER
    refused = HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR
    return Fate.REFUSED if refused else Fate.UNKNOWN
