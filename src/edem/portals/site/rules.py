"""«Правила»: what the council decided for each service, in plain words, version by version."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from edem.foundation.catalog.registry import manifest_of, switched_on
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
    services = [each for each in switched_on(request.community) if each.charter and each.code in ruled]
    return render(request, "communities/rules_index.html", {"services": services})


@open_to(anyone)
@kept(tags=("rules",))
@require_safe
def service(request: CommunityRequest, code: str, version: int | None = None) -> HttpResponse:
    """Rules stay public after a service is switched off: its items keep living under them."""
    manifest = manifest_of(code)
    if manifest is None or manifest.charter is None:
        raise Missing("charter.unknown_service")
    page = charter_page(request.community.pk, code, manifest.charter, now=request.now, version=version)
    facts = {"page": page, "service": manifest, "service_title": _(manifest.title)}
    return render(request, "communities/rules.html", facts)
