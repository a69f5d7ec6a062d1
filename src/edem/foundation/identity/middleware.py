"""Keeps the act pass fresh: sealed again before half of its life is over, gone when nobody is signed in."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from edem.foundation.identity.passes import COOKIE, LIFE, open_pass, pass_of, seal_pass
from edem.foundation.people.models import Person
from edem.foundation.people.requests import platform_request

Answer = Callable[[HttpRequest], HttpResponse]


def act_pass(get_response: Answer) -> Answer:
    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        _keep_fresh(request, response, now=platform_request(request).now)
        return response

    return answer


def _keep_fresh(request: HttpRequest, response: HttpResponse, *, now: datetime) -> None:
    held = request.COOKIES.get(COOKIE)
    person, session_key = request.user, request.session.session_key
    if not isinstance(person, Person) or person.is_staff or session_key is None:
        if held is not None:
            response.delete_cookie(COOKIE, samesite="Lax")
        return
    if held is None or not _still_good(held, person, session_key, now):
        sealed = seal_pass(pass_of(person, session_key=session_key, now=now))
        response.set_cookie(
            COOKIE,
            sealed,
            max_age=LIFE,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )


def _still_good(held: str, person: Person, session_key: str, now: datetime) -> bool:
    opened = open_pass(held, now)
    if opened is None or opened.person_id != person.pk or opened.session_key != session_key:
        return False
    return opened.expires_at - now > LIFE / 2
