"""«Правила»: what the council decided for each service, in plain words, version by version."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from edem.foundation.catalog.ruled import ruled_called, ruled_in
from edem.foundation.communities.charter_page import charter_page
from edem.foundation.communities.queries import services_with_charter
from edem.foundation.live.kept import kept
from edem.foundation.people.access import anyone, open_to
from edem.foundation.people.requests import CommunityRequest
from edem.kernel.errors import Missing


@open_to(anyone)
@kept(tags=("rules",))
@require_safe
def index(request: CommunityRequest) -> HttpResponse:
    ruled = services_with_charter(request.community.pk, now=request.now)
    services = [each for each in ruled_in(request.community) if each.code in ruled]
    return render(request, "communities/rules_index.html", {"services": services})


@open_to(anyone)
@kept(tags=("rules",))
@require_safe
def service(request: CommunityRequest, code: str, version: int | None = None) -> HttpResponse:
    """Rules stay public after a service is switched off: its items keep living under them."""
    ruled = ruled_called(code)
    if ruled is None:
        raise Missing("charter.unknown_service")
    page = charter_page(request.community.pk, code, ruled.charter, now=request.now, version=version)
    facts = {"page": page, "service": ruled, "service_title": _(ruled.title)}
    return render(request, "communities/rules.html", facts)
