"""A refusal is normal life: it becomes a sentence on the form, a quiet page or an answer of the API."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol

from django.apps import apps
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from edem.kernel.errors import Refused

Answer = Callable[[HttpRequest], HttpResponse]


class ShowsRefusals(Protocol):
    def add_refusal(self, sentence: str, *, field: str | None = None) -> None: ...


@cache
def sentences() -> Mapping[str, object]:
    """Refusal code → sentence, gathered from the messages.py of every app."""
    gathered: dict[str, object] = {}
    for app in apps.get_app_configs():
        if app.name.startswith("django.") or find_spec(f"{app.name}.messages") is None:
            continue
        gathered.update(getattr(import_module(f"{app.name}.messages"), "MESSAGES", {}))
    return gathered


def sentence_of(refusal: Refused) -> str:
    """Say a refusal to a person; moments are told in Kyiv time."""
    facts = {
        name: localtime(fact) if isinstance(fact, datetime) and fact.tzinfo else fact
        for name, fact in refusal.facts.items()
    }
    return str(sentences()[refusal.code]).format_map(facts)


@contextmanager
def refusals_shown_on(form: ShowsRefusals) -> Iterator[None]:
    """Whatever the action refuses is said on the form, which keeps what was typed."""
    try:
        yield
    except Refused as refusal:
        field = refusal.facts.get("field")
        form.add_refusal(sentence_of(refusal), field=field if isinstance(field, str) else None)


class RefusalsAsPages:
    """A refusal that no form took becomes a page (or JSON) with the status it carries."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return refused_page(request, exception) if isinstance(exception, Refused) else None


def refused_page(request: HttpRequest, refusal: Refused) -> HttpResponse:
    sentence = sentence_of(refusal)
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"code": refusal.code, "message": sentence}, status=refusal.status)
    return render(request, "ui/refused.html", {"sentence": sentence}, status=refusal.status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long, or cookies are off: what was typed is safe with "back"."""
    del reason
    sentence = _("Сторінка застаріла. Поверніться назад, оновіть її й надішліть ще раз.")
    return render(request, "ui/refused.html", {"sentence": sentence}, status=403)
