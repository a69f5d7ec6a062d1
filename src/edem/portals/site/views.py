"""The community's home and the platform's own pages."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from edem.foundation.catalog.manifest import GoingOn
from edem.foundation.catalog.registry import switched_on
from edem.foundation.live.kept import kept
from edem.foundation.moderation.queries import label_of_kind, public_log
from edem.foundation.people.access import anyone, open_to
from edem.foundation.people.requests import CommunityRequest
from edem.foundation.search.queries import search as find
from edem.kernel.errors import Missing
from edem.ui.progress.progress import Live

NEWS = 8
NOW = 3
"""Live counters on one page: a browser opens few connections to one address."""
LOG_PAGE = 30
MOST_DIGITS = 7
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
    going_on = [
        item for each in services if each.going_on for item in each.going_on(request.community, request.now, NOW)
    ]
    facts = {
        "doors": doors,
        "is_lone": len(doors) == 1,
        "news": news[:NEWS],
        "waiting": waiting,
        "going_on": [(item, live_of(item)) for item in going_on[:NOW]],
    }
    return render(request, "site/home.html", facts)


def live_of(item: GoingOn) -> Live:
    """Where the front door tells the item's number."""
    home, subject = reverse("home"), f"{item.counter}/{item.subject_id}"
    return Live(stream=f"{home}live/{subject}", poll=f"{home}count/{subject}.json", name="count")


@open_to(anyone)
@kept(query=("q", "page"), tags=home_tags)
@require_safe
def search(request: CommunityRequest) -> HttpResponse:
    page = request.GET.get("page", "1")
    found = find(
        request.community.pk,
        request.GET.get("q", ""),
        page=int(page) if page.isdecimal() and len(page) < MOST_DIGITS else 1,
    )
    return render(request, "site/search.html", {"found": found})


@open_to(anyone)
@kept(query=("page",), tags=home_tags)
@require_safe
def moderation_log(request: CommunityRequest) -> HttpResponse:
    """What was refused, when and on what ground: nothing disappears."""
    page = Paginator(public_log(request.community.pk), LOG_PAGE).get_page(request.GET.get("page"))
    lines = [(case, label_of_kind(case.subject)) for case in page]
    return render(request, "site/moderation_log.html", {"page": page, "lines": lines})


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
