"""Pages that tell who asked, so that a page shown to the wrong reader gives itself away."""

from uuid import uuid4

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.urls import path
from django.utils.translation import get_language

from edem.foundation.live.kept import drop_pages, kept


def _page(request: HttpRequest, *extra: str) -> HttpResponse:
    lines = [
        f"made={uuid4()}",
        f"language={get_language()}",
        f"host={request.get_host()}",
        f"community={request.META['SCRIPT_NAME']}",
        f"query={sorted(request.GET.items())}",
        f"cookies={sorted(request.COOKIES)}",
        f"agent={request.headers.get('User-Agent')}",
        f"address={request.META['REMOTE_ADDR']}",
        f"scheme={request.scheme}",
        *extra,
    ]
    return HttpResponse("\n".join(lines) + "\n" + "слово " * 200, content_type="text/plain; charset=utf-8")


@kept(query=("page", "sort"), tags=("thing:{number}",))
def thing(request: HttpRequest, number: int) -> HttpResponse:
    return _page(request)


@kept()
def careless(request: HttpRequest) -> HttpResponse:
    """A bug on purpose: a token in a page for everybody."""
    return _page(request, f"csrfmiddlewaretoken={get_token(request)}")


@kept()
def broken_while(request: HttpRequest) -> HttpResponse:
    return _page(request)


def personal(request: HttpRequest) -> HttpResponse:
    return _page(request)


def change(request: HttpRequest, number: int) -> HttpResponse:
    drop_pages(f"thing:{number}")
    return HttpResponse("changed")


def sent(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{len(request.body)}")


def large(_request: HttpRequest) -> StreamingHttpResponse:
    """More than fits between a server and somebody who does not read."""
    return StreamingHttpResponse(b"x" * 1_000_000 for _piece in range(64))


urlpatterns = [
    path("large/", large),
    path("things/<int:number>/", thing),
    path("careless/", careless),
    path("personal/", personal),
    path("change/<int:number>/", change),
    path("sent/", sent),
]


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse("missing", status=404)
