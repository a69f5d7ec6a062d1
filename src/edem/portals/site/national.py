"""The national home: find your community, the country's numbers, and what goes on in it."""

from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from edem.foundation.catalog.manifest import Happening
from edem.foundation.catalog.registry import manifests
from edem.foundation.communities.finding import (
    Found,
    communities_found,
    communities_in,
    country_numbers,
    oblasts,
    open_communities,
)
from edem.foundation.communities.models import Community
from edem.foundation.live.kept import kept
from edem.foundation.people.access import anyone, open_to
from edem.foundation.people.requests import Request
from edem.kernel.errors import Missing

NEWS = 6
SHOWN = 12
HINTS = 8
LONGEST_QUESTION = 100


@open_to(anyone)
@kept(tags=("national",))
@require_safe
def home(request: Request) -> HttpResponse:
    page = {
        "numbers": country_numbers(),
        "indicators": indicators(request),
        "oblasts": oblasts(),
        "opened": [(each, address_of(request, each)) for each in open_communities()[:SHOWN]],
        "news": country_news(request),
    }
    return render(request, "site/national.html", page)


@open_to(anyone)
@kept(query=("q",), tags=("national",))
@require_safe
def communities(request: HttpRequest) -> HttpResponse:
    """The plain form's answer; the type-ahead only shortens the way here."""
    question = question_of(request)
    page = {
        "question": question,
        "found": addressed(request, communities_found(question)),
        "oblasts": oblasts(),
    }
    return render(request, "site/national_found.html", page)


@open_to(anyone)
@kept(query=("q",), tags=("national",))
@require_safe
def hints(request: HttpRequest) -> HttpResponse:
    """A fragment for the search box, while one types."""
    question = question_of(request)
    found = addressed(request, communities_found(question, limit=HINTS))
    return render(request, "site/national_hints.html", {"question": question, "found": found})


@open_to(anyone)
@kept(tags=("national",))
@require_safe
def oblast(request: HttpRequest, name: str) -> HttpResponse:
    line = next((each for each in oblasts() if each.slug == name), None)
    if line is None:
        raise Missing("site.no_such_oblast")
    listed = [Found(community=community, settlement="") for community in communities_in(line.name)]
    return render(request, "site/national_oblast.html", {"oblast": line, "found": addressed(request, listed)})


def question_of(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\x00", "")[:LONGEST_QUESTION].strip()


def indicators(request: Request) -> list[tuple[str, int, str]]:
    counted = [(each, each.value(None, request.now)) for manifest in manifests() for each in manifest.indicators]
    return [(_(each.title), value, each.words(value)) for each, value in counted]


def country_news(request: Request) -> Sequence[tuple[Happening, str]]:
    """The newest of every service, each with its full address."""
    news = [
        item for manifest in manifests() if manifest.happenings for item in manifest.happenings(None, request.now, NEWS)
    ]
    newest = sorted(news, key=lambda item: (item.at, item.path), reverse=True)[:NEWS]
    return [(item, address_of(request, item.community) + item.path.removeprefix("/")) for item in newest]


def addressed(request: HttpRequest, found: Iterable[Found]) -> list[tuple[Found, str]]:
    """Each with its address; a community that is only listed has none yet."""
    return [(each, address_of(request, each.community) if each.community.is_open else "") for each in found]


def address_of(request: HttpRequest, community: Community) -> str:
    """A community with a host name of its own lives there."""
    return f"{request.scheme}://{community.host}/" if community.host else f"/{community.slug}/"
