"""What every request carries: the moment it is answered for, and its community."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from edem.foundation.communities.directory import directory
from edem.foundation.communities.tenancy import locate

Answer = Callable[[HttpRequest], HttpResponse]


def request_time(get_response: Answer) -> Answer:
    def answer(request: HttpRequest) -> HttpResponse:
        cast("Any", request).now = datetime.now(UTC)  # noqa: TID251 - this is the edge
        return get_response(request)

    return answer


def community_of_request(get_response: Answer) -> Answer:
    """Find the community that the front door took off the address (SCRIPT_NAME) or that owns the host."""

    def answer(request: HttpRequest) -> HttpResponse:
        slug = request.META.get("SCRIPT_NAME", "").strip("/") or locate(request.get_host(), "/").slug
        community = directory().find(slug) if slug else None
        if slug and community is None:
            raise Http404
        cast("Any", request).community = community
        if community is not None:
            request.urlconf = settings.COMMUNITY_URLCONF
        return get_response(request)

    return answer
