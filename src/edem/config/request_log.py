"""One line for each request that Django answered: which route, how, how long. No address, no cookie, no query."""

import logging
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from secrets import token_hex
from time import monotonic
from traceback import walk_tb
from typing import Final
from weakref import WeakSet

from django.core.handlers import exception
from django.core.signals import got_request_exception
from django.dispatch import receiver
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from edem.config.logs import ABOUT, REQUESTS

log = logging.getLogger(REQUESTS)

Answer = Callable[[HttpRequest], HttpResponseBase]
_ERROR_PAGES: Final = ("get_exception_response", "handle_uncaught_exception")
"""Whence Django calls the pages 400, 403, 404 and 500."""
_TOLD: "WeakSet[HttpRequest]" = WeakSet()
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


@receiver(got_request_exception)
def tell_of_a_broken_error_page(request: HttpRequest, **_: object) -> None:
    """Django tells of every bug but this one: the page that was to say that something is wrong went wrong itself."""
    broken = sys.exc_info()[1]
    if broken is None or not _is_of_an_error_page(broken) or request in _TOLD:
        return
    _TOLD.add(request)  # a broken page 500 is met anew by each middleware
    log.error("an error page is broken", exc_info=broken)


def _is_of_an_error_page(broken: BaseException) -> bool:
    calls = [(call.f_code.co_filename, call.f_code.co_name) for call, _ in walk_tb(broken.__traceback__)]
    return any((exception.__file__, caller) in calls for caller in _ERROR_PAGES)
