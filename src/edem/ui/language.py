"""The language of a page: Ukrainian, unless the reader has chosen another by the switch."""

from collections.abc import Callable, Mapping
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

Answer = Callable[[HttpRequest], HttpResponse]


def chosen_language(cookies: Mapping[str, str]) -> str:
    """What the browser prefers does not count: a council's page is Ukrainian first, and one address is one page."""
    return _known_language(cookies.get(settings.LANGUAGE_COOKIE_NAME, ""))


@lru_cache(maxsize=64)
def _known_language(chosen: str) -> str:
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def language_of_request(get_response: Answer) -> Answer:
    def answer(request: HttpRequest) -> HttpResponse:
        with translation.override(chosen_language(request.COOKIES)):
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
            response = get_response(request)
            response.setdefault("Content-Language", request.LANGUAGE_CODE)
            return response

    return answer
