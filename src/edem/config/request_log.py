"""One line for each request that Django answered: which route, how, how long. No address, no cookie, no query."""

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from secrets import token_hex
from time import monotonic
from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from edem.config.logs import ABOUT, REQUESTS

log = logging.getLogger(REQUESTS)

Answer = Callable[[HttpRequest], HttpResponseBase]
_REQUEST_ID: Final = re.compile(rb"[0-9a-f-]{16,64}")


def request_id_of(given: bytes) -> bytes:
    """The one that our proxy gave, when it is only hexadecimal; otherwise a new one."""
    return given if _REQUEST_ID.fullmatch(given) else token_hex(8).encode()


@dataclass(frozen=True)
class AboutRequest:
    request: HttpRequest
    request_id: str
    room: str

    def facts(self) -> Mapping[str, object]:
        match = getattr(self.request, "resolver_match", None)
        community = getattr(self.request, "community", None)
        return {
            "request_id": self.request_id,
            "room": self.room,
            "method": self.request.method,
            "route": match.view_name if match else None,
            "community": community.slug if community else None,
        }


def request_logged(get_response: Answer) -> Answer:
    def answer(request: HttpRequest) -> HttpResponseBase:
        # The front door gives every reader's request an id; what it asks for its own memory has none.
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        about = AboutRequest(request, given or token_hex(8), "django" if given else "memory")
        before, began = ABOUT.set(about), monotonic()
        try:
            response = get_response(request)
            facts = {"status": response.status_code, "ms": round((monotonic() - began) * 1000, 1)}
            log.info("request", extra={"facts": facts})
        finally:
            ABOUT.reset(before)
        return response

    return answer
