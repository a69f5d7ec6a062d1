"""One request as the front door has read it: to whom, from whom, in which language, at which moment."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from starlette.types import Scope

from edem.ui.language import chosen_language


@dataclass(slots=True, kw_only=True)
class Arrival:
    scope: Scope
    headers: dict[bytes, bytes]
    at: datetime
    """When the request was received: what a mass act counts by."""
    host: str
    address: str
    scheme: str
    slug: str | None
    root_path: str
    path: str
    """Without the community's segment."""
    _cookies: dict[str, str] | None = field(default=None, repr=False)

    @property
    def method(self) -> str:
        return cast(str, self.scope["method"])

    @property
    def query(self) -> bytes:
        return cast(bytes, self.scope["query_string"])

    @property
    def cookies(self) -> dict[str, str]:
        if self._cookies is None:
            self._cookies = _cookies_written(self.headers.get(b"cookie", b"").decode("latin-1"))
        return self._cookies

    @property
    def language(self) -> str:
        return chosen_language(self.cookies)

    def header(self, name: bytes) -> str:
        return self.headers.get(name, b"").decode("latin-1")


def _cookies_written(header: str) -> dict[str, str]:
    """As Django reads them, without the quotes that we never write."""
    cookies = {}
    for piece in header.split(";"):
        name, is_pair, value = piece.partition("=")
        if is_pair:
            cookies[name.strip()] = value.strip()
    return cookies


def language_asked(scope: Scope) -> str:
    """For a request that was turned away before it was read."""
    written = next((value for name, value in scope["headers"] if name == b"cookie"), b"")
    return chosen_language(_cookies_written(written.decode("latin-1")))
