"""The community's home and the platform's own pages."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from edem.foundation.catalog.registry import switched_on
from edem.foundation.live.kept import kept
from edem.foundation.moderation.queries import public_log
from edem.foundation.people.access import anyone, open_to
from edem.foundation.people.requests import CommunityRequest
from edem.foundation.search.queries import search as find
from edem.kernel.errors import Missing

NEWS = 8
LOG_PAGE = 30
LANGUAGE_AGE = 365 * 24 * 60 * 60


def home_tags(request: HttpRequest, **_: object) -> list[str]:
    community = getattr(request, "community", None)
    return [f"{manifest.code}:{community.pk}" for manifest in switched_on(community)] if community else []


@open_to(anyone)
@kept(tags=home_tags)
@require_safe
def home(request: CommunityRequest) -> HttpResponse:
    """What needs me, what goes on now, and the services as clear doors."""
    services = switched_on(request.community)
    doors = [(each, each.door(request.community, request.now)) for each in services if each.door]
    news = [
        item for each in services if each.happenings for item in each.happenings(request.community, request.now, NEWS)
    ]
    waiting = [
        item
        for each in services
        if each.needs_me and request.person
        for item in each.needs_me(request.person, request.community, request.now)
    ]
    news.sort(key=lambda item: item.at, reverse=True)
    return render(request, "site/home.html", {"doors": doors, "news": news[:NEWS], "waiting": waiting})


@open_to(anyone)
@kept(query=("q", "page"), tags=home_tags)
@require_safe
def search(request: CommunityRequest) -> HttpResponse:
    page = request.GET.get("page", "1")
    found = find(request.community.pk, request.GET.get("q", ""), page=int(page) if page.isdecimal() else 1)
    return render(request, "site/search.html", {"found": found})


@open_to(anyone)
@kept(query=("page",), tags=home_tags)
@require_safe
def moderation_log(request: CommunityRequest) -> HttpResponse:
    """What was refused, when and on what ground: nothing disappears."""
    page = Paginator(public_log(request.community.pk), LOG_PAGE).get_page(request.GET.get("page"))
    return render(request, "site/moderation_log.html", {"page": page})


@open_to(anyone)
@kept()
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "site/accessibility.html")


@open_to(anyone)
@require_safe
def language(request: HttpRequest, code: str) -> HttpResponse:
    """Remember the language and go back to the page. A link, so that kept pages need no form token."""
    if code not in dict(settings.LANGUAGES):
        raise Missing("site.no_such_language")
    back = request.GET.get("next", "/")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(back if safe else "/")
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, code, max_age=LANGUAGE_AGE, samesite="Lax", path="/")
    return response
