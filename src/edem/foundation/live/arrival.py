"""One request as the front door has read it: to whom, from whom, in which language, at which moment."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language_from_request
from starlette.types import Scope


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
        accepted = self.headers.get(b"accept-language", b"")[:200].decode("latin-1")
        return _language(self.cookies.get(settings.LANGUAGE_COOKIE_NAME, ""), accepted)

    def header(self, name: bytes) -> str:
        return self.headers.get(name, b"").decode("latin-1")


def _cookies_written(header: str) -> dict[str, str]:
    """As Django reads them, without the quotes that we never write."""
    pairs = (piece.partition("=") for piece in header.split(";") if piece)
    return {name.strip(): value.strip() for name, _, value in pairs}


def language_asked(scope: Scope) -> str:
    """For a request that was turned away before it was read."""
    accepted = next((value for name, value in scope["headers"] if name == b"accept-language"), b"")
    return _language("", accepted[:200].decode("latin-1"))


@lru_cache(maxsize=2048)
def _language(cookie: str, accepted: str) -> str:
    """Exactly what Django's LocaleMiddleware would choose."""
    asked: Any = SimpleNamespace(
        COOKIES={settings.LANGUAGE_COOKIE_NAME: cookie}, META={"HTTP_ACCEPT_LANGUAGE": accepted}
    )
    return get_language_from_request(cast(HttpRequest, asked))
