"""Sets `request.person`: the signed-in person, or None for a visitor."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]


def person_of_request(get_response: Answer) -> Answer:
    def answer(request: HttpRequest) -> HttpResponse:
        request.person = request.user if request.user.is_authenticated else None  # type: ignore[attr-defined]
        return get_response(request)

    return answer
