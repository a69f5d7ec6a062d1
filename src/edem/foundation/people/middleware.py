"""Sets `request.person`: the signed-in person, or None for a visitor."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from edem.foundation.people.requests import platform_request

Answer = Callable[[HttpRequest], HttpResponse]


def person_of_request(get_response: Answer) -> Answer:
    def answer(request: HttpRequest) -> HttpResponse:
        asked = platform_request(request)
        asked.person = asked.user if asked.user.is_authenticated else None
        return get_response(request)

    return answer
