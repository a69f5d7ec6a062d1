"""Speaking to another organisation's Open311 server: one address, no redirects, bounded answers, never for long."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Final

import httpx

from edem.foundation.calling import web_authorities
from edem.services.reports.rules.forwarding import Fate, Sent, fate_of
from edem.services.reports.rules.open311.answers import Record, Unreadable, records_in
from edem.services.reports.rules.open311.rendering import moment

LARGEST: Final = 4 * 1024 * 1024
_NOTHING_WENT_OUT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


class Silent(Exception):
    """It did not answer, or not as the standard has it; `fault` says how."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, kw_only=True)
class Server:
    url: str
    form: str
    jurisdiction: str
    seconds: float = 10

    def send(self, form: Mapping[str, str | list[str]], *, retry_key: str) -> Sent:
        """Whatever happens after the words went out and is not an answer is unknown: they may have arrived."""
        headers = {"Idempotency-Key": retry_key}
        try:
            status, content = self._said("POST", "requests", data=form, headers=headers)
        except _NOTHING_WENT_OUT as silence:
            return Sent(fate=Fate.LATER, fault=type(silence).__name__)
        except (httpx.HTTPError, Silent) as lost:
            return Sent(fate=Fate.UNKNOWN, fault=type(lost).__name__)
        return fate_of(status, _first(content))

    def number_behind(self, token: str) -> str:
        found = self._records(f"tokens/{token}", {})
        return found[0].get("service_request_id", "") if found else ""

    def number_of(self, mark: str, *, since: datetime, until: datetime) -> str:
        """Of the report whose words hold the mark; empty when the server has none such."""
        asked = {"start_date": moment(since), "end_date": moment(until)}
        found = [each for each in self._records("requests", asked) if mark in each.get("description", "")]
        return found[0].get("service_request_id", "") if found else ""

    def updates(self, *, since: datetime, until: datetime) -> Sequence[Record]:
        return self._records("servicerequestupdates", {"start_date": moment(since), "end_date": moment(until)})

    def requests_of(self, since: datetime, until: datetime, *, page: int) -> Sequence[Record]:
        asked = {"start_date": moment(since), "end_date": moment(until)} | ({"page": f"{page}"} if page > 1 else {})
        return self._records("requests", asked)

    def requests(self, numbers: Sequence[str]) -> Sequence[Record]:
        return self._records("requests", {"service_request_id": ",".join(numbers)})

    def _records(self, path: str, asked: Mapping[str, str]) -> Sequence[Record]:
        named = {"jurisdiction_id": self.jurisdiction} if self.jurisdiction else {}
        try:
            status, content = self._said("GET", path, params={**asked, **named})
        except httpx.HTTPError as silence:
            raise Silent(type(silence).__name__) from None
        if status != HTTPStatus.OK:
            raise Silent(str(int(status)))
        try:
            return records_in(content)
        except Unreadable as nonsense:
            raise Silent("answer") from nonsense

    def _said(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        data: Mapping[str, str | list[str]] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[int, bytes]:
        address = f"{self.url.rstrip('/')}/{path}.{self.form}"
        patience = httpx.Timeout(self.seconds)
        with (
            httpx.Client(timeout=patience, trust_env=False, follow_redirects=False, verify=web_authorities()) as client,
            client.stream(method, address, params=params, data=data, headers=headers) as answer,
        ):
            return answer.status_code, _bounded(answer)


def _bounded(answer: httpx.Response) -> bytes:
    content = b""
    for part in answer.iter_bytes():
        content += part
        if len(content) > LARGEST:
            raise Silent("too much")
    return content


def _first(content: bytes) -> Record | None:
    try:
        found = records_in(content)
    except Unreadable:
        return None
    return found[0] if found else None
