"""The door of Open311: whose jurisdiction, which key, and every refusal as a list of errors, never as a page."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Final, cast

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from edem.foundation.communities.directory import directory
from edem.foundation.communities.models import Community
from edem.foundation.intake.failures import Failure, failure_of
from edem.foundation.people.access import machines, open_to
from edem.foundation.people.programs import Key, Scope, pass_gate
from edem.foundation.people.requests import CommunityRequest
from edem.kernel.errors import Conflict, Invalid, Missing, NotAllowed, Refused, TooOften, Unavailable
from edem.kernel.ukrainian import N_
from edem.services.reports.queries.charters import CODE
from edem.services.reports.rules.open311.documents import fault
from edem.services.reports.rules.open311.parameters import Parameters, given
from edem.services.reports.rules.open311.rendering import CONTENT_TYPES, Form, written
from edem.ui.refusals import sentence_of

log = logging.getLogger(__name__)

WRITE: Final = Scope("reports:send", N_("Надсилати повідомлення про проблеми через Open311"))
UPDATE: Final = Scope("reports:update", N_("Надсилати через Open311 оновлення повідомлень своєї організації"))
SCOPES: Final = (WRITE, UPDATE)

_BROKEN_FORM: Final = (SuspiciousOperation, BadRequest, MultiPartParserError, UnreadablePostError)
_AWAY: Final = 30
_FORMS: Final = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


@dataclass(frozen=True, kw_only=True)
class Document:
    """What a view answers: the root's name and what is in it."""

    root: str
    value: object
    status: int = HTTPStatus.OK


Answer = Callable[..., Document]
View = Callable[..., HttpResponse]


def at_the_door(**by_method: Answer) -> View:
    """One address: `get=` and `post=` answer with documents, whatever else happens is an error of the standard."""

    @csrf_exempt  # a program has no cookie of ours; what changes something comes with a key
    @open_to(machines)
    @wraps(next(iter(by_method.values())))
    def view(request: HttpRequest, *, form: str = "", **named: object) -> HttpResponse:
        shape = Form.JSON if (form or request.path_info).endswith(Form.JSON) else Form.XML
        answer = by_method.get("get" if request.method == "HEAD" else (request.method or "").lower())
        if form and form not in set(Form):
            return refused(Missing("open311.no_such_address"), shape)
        if answer is None:
            return refused(Conflict("open311.no_such_method"), shape, status=HTTPStatus.METHOD_NOT_ALLOWED)
        try:
            document = answer(_settled(request), **named)
        except Refused as refusal:
            return refused(refusal, shape)
        except _BROKEN_FORM:
            return refused(Invalid("open311.broken_form"), shape)
        except Exception as error:  # noqa: BLE001 - a program is never answered with a page; the bug is logged
            return _trouble(error, shape)
        return rendered(document, shape)

    return cast("View", view)


def rendered(document: Document, shape: Form) -> HttpResponse:
    content = written(document.root, document.value, form=shape)
    response = HttpResponse(content, content_type=CONTENT_TYPES[shape], status=document.status)
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Cache-Control"] = "no-cache"
    return response


def refused(refusal: Refused, shape: Form, *, status: int = 0) -> HttpResponse:
    """GeoReport v2 knows 400, 403 and 404; «too often» and «not now» keep their own."""
    kept = isinstance(refusal, Missing | NotAllowed | TooOften | Unavailable)
    code = status or (refusal.status if kept else HTTPStatus.BAD_REQUEST)
    words = sentence_of(refusal)
    return rendered(Document(root="errors", value=[fault(int(code), words)], status=int(code)), shape)


def key_with(request: CommunityRequest, parameters: Parameters, scope: Scope) -> Key:
    presented = request.headers.get("X-Api-Key", "") or given(parameters, "api_key")
    key = pass_gate(request, presented)
    if key is None or not key.may(scope.code):
        raise NotAllowed("open311.key_needed", scope=scope.code)
    return key


def asked(request: HttpRequest) -> Parameters:
    return cast("Mapping[str, str]", request.GET.dict())


def sent(request: HttpRequest) -> Parameters:
    """The form; a key, a jurisdiction may also stand in the address."""
    if request.content_type not in _FORMS:
        raise Invalid("open311.form_only")
    return {**request.GET.dict(), **request.POST.dict()}


def _settled(request: HttpRequest) -> CommunityRequest:
    """The community is in the address or named; both at once must be the same."""
    named = given(asked(request), "jurisdiction_id")
    if request.method == "POST" and request.content_type in _FORMS:
        named = named or given(sent(request), "jurisdiction_id")
    here: Community | None = getattr(request, "community", None)
    found = _named(named) if named else None
    if named and (found is None or (here is not None and found.pk != here.pk)):
        raise Missing("open311.no_such_jurisdiction", found=named[:60])
    community = here or found
    if community is None:
        raise Invalid("open311.no_jurisdiction")
    if CODE not in community.services:
        raise Missing("open311.not_served")
    request.community = community  # type: ignore[attr-defined]  # named, not in the address
    if request.method in {"GET", "HEAD"}:
        pass_gate(request, request.headers.get("X-Api-Key", "") or given(asked(request), "api_key"))
    return cast("CommunityRequest", request)


def _named(name: str) -> Community | None:
    known = directory()
    plain = name.lower().removeprefix("https://").strip("/")
    slug = plain if known.has(plain) else known.owner_of(plain)
    if slug is not None:
        return known.find(slug)
    by_code = [each for each in known.communities.values() if each.katottg.lower() == plain]
    return by_code[0] if by_code else None


def _trouble(error: Exception, shape: Form) -> HttpResponse:
    if failure_of(error) is Failure.BUG:
        log.error("Open311 could not answer", exc_info=error)
        return refused(Unavailable("open311.broken"), shape, status=HTTPStatus.INTERNAL_SERVER_ERROR)
    response = refused(Unavailable("open311.away"), shape)
    response["Retry-After"] = str(_AWAY)
    return response
