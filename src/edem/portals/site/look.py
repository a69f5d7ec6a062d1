"""The community's look as files: kept by browsers for a year, since each version has its own address."""

from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from edem.foundation.communities.look import arms_fingerprint, look_css, ornament_svg, version_of
from edem.foundation.people.access import anyone, open_to
from edem.foundation.people.requests import CommunityRequest
from edem.kernel.errors import Missing

FOREVER = "public, max-age=31536000, immutable"
BRIEFLY = "public, max-age=60"


@open_to(anyone)
@require_safe
def tokens(request: CommunityRequest, version: str) -> HttpResponse:
    """A page kept somewhere may ask for a former version: it gets the present look, and asks again soon."""
    is_present = version == version_of(request.community)
    return served(
        look_css(request.community.accent), "text/css; charset=utf-8", keep=FOREVER if is_present else BRIEFLY
    )


@open_to(anyone)
@require_safe
def ornament(request: CommunityRequest, version: str) -> HttpResponse:
    is_present = version == version_of(request.community)
    return served(ornament_svg(request.community), "image/svg+xml", keep=FOREVER if is_present else BRIEFLY)


@open_to(anyone)
@require_safe
def arms(request: CommunityRequest, fingerprint: str) -> HttpResponse:
    kept = request.community.coat_of_arms.name
    if not kept or fingerprint != arms_fingerprint(request.community):
        raise Missing("site.no_arms")
    with default_storage.open(kept) as file:
        return served(file.read(), "image/png", keep=FOREVER)


def served(content: str | bytes, kind: str, *, keep: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Cache-Control": keep})
