"""Plain forms are counted as mass acts are: by person, and by address for those whom nobody knows."""

from collections.abc import Callable
from time import monotonic

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from edem.foundation.intake.limits import LIMITS
from edem.foundation.people.access import person_of
from edem.kernel.errors import TooOften
from edem.ui.refusals import refused_page

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
COUNTED_AT_THEIR_GATE = ("/open311/",)
"""Programs that are never answered with a page; the gate of keys counts them."""
Answer = Callable[[HttpRequest], HttpResponseBase]


def forms_counted(get_response: Answer) -> Answer:
    def answer(request: HttpRequest) -> HttpResponseBase:
        counted_elsewhere = request.method in SAFE_METHODS or request.path_info.startswith(COUNTED_AT_THEIR_GATE)
        if counted_elsewhere or is_admitted(request, moment=monotonic()):
            return get_response(request)
        return refused_page(request, TooOften("intake.too_often"))

    return answer


def is_admitted(request: HttpRequest, *, moment: float) -> bool:
    person = person_of(request)
    if person is not None:
        return LIMITS.admits_form(person.pk, moment=moment)
    return LIMITS.admits_stranger(request.META.get("REMOTE_ADDR", ""), moment=moment)
