"""What every request carries: the moment it is answered for, and its community."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from edem.foundation.communities.directory import directory
from edem.foundation.communities.tenancy import locate

Answer = Callable[[HttpRequest], HttpResponse]


def request_time(get_response: Answer) -> Answer:
    def answer(request: HttpRequest) -> HttpResponse:
        request.now = datetime.now(UTC)  # type: ignore[attr-defined]  # noqa: TID251 - this is the edge
        return get_response(request)

    return answer


def community_of_request(get_response: Answer) -> Answer:
    """Find the community that the front door took off the address (SCRIPT_NAME) or that owns the host."""

    def answer(request: HttpRequest) -> HttpResponse:
        slug = request.META.get("SCRIPT_NAME", "").strip("/") or locate(request.get_host(), "/").slug
        request.community = None  # type: ignore[attr-defined]
        if slug:
            community = directory().find(slug)
            if community is None:
                raise Http404
            request.community = community  # type: ignore[attr-defined]
            request.urlconf = settings.COMMUNITY_URLCONF
        return get_response(request)

    return answer
