"""Django's page of last resort: for our own bug as ever; for a database that is away, full or locked, a way back."""

import sys

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException, UnreadablePostError
from django.template.loader import render_to_string
from django.utils.translation import gettext, override
from django.views.defaults import server_error

from edem.config.front_door.without_database import RETRY_SECONDS, SENTENCES
from edem.foundation.intake.failures import Failure, failure_of
from edem.ui.language import chosen_language

_SECRETS = ("password", "code")


def fault(request: HttpRequest) -> HttpResponse:
    """Called by Django while the exception is being handled."""
    failure = failure_of(sys.exc_info()[1])
    if failure is Failure.BUG:
        return server_error(request)
    with override(chosen_language(request.COOKIES)):
        response = _unavailable(request, failure)
    response["Retry-After"] = str(RETRY_SECONDS)
    response["Cache-Control"] = "no-store"
    return response


def _unavailable(request: HttpRequest, failure: Failure) -> HttpResponse:
    sentence = gettext(SENTENCES[failure])
    if request.headers.get("Accept", "").startswith("application/json") or request.path_info.startswith("/api/"):
        return JsonResponse({"code": f"platform.{failure.value}", "message": sentence}, status=503)
    facts = {"sentence": sentence, "typed": _typed(request), "address": request.get_full_path()}
    return HttpResponse(render_to_string("503.html", facts), status=503)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What the person sent, to be sent again by one button; secrets are typed anew, and files chosen anew."""
    if request.method != "POST":
        return []
    try:
        typed = [(name, value) for name, values in request.POST.lists() for value in values]
    except (UnreadablePostError, RawPostDataException, MultiPartParserError, OSError):
        return []
    return [] if any(secret in name for name, _ in typed for secret in _SECRETS) else typed
