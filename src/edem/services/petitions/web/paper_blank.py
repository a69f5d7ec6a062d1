"""The blank on which neighbours sign by hand; its QR code leads the clerk straight to this petition's sheets."""

from django.http import HttpResponse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from edem.foundation.communities.addresses import address_of_page
from edem.foundation.documents.rendering import render_pdf
from edem.foundation.people.access import anyone, open_to
from edem.foundation.people.requests import CommunityRequest
from edem.kernel.errors import Conflict
from edem.services.petitions.queries.charters import charter_of
from edem.services.petitions.queries.pages import petition_for, progress_of
from edem.services.petitions.rules.collecting import check_may_sign
from edem.ui.words import last_day

ROWS = 30


@open_to(anyone)
@require_safe
def blank(request: CommunityRequest, petition_id: int) -> HttpResponse:
    petition = petition_for(request.community, petition_id, reader=None)
    if not charter_of(petition).paper_signatures:
        raise Conflict("petition.no_paper")
    check_may_sign(progress_of(petition), request.now)
    facts = {
        "title": petition.title,
        "number": str(petition.number or petition.pk),
        "demand": petition.demand,
        "where": request.community.cnap_address,
        "closes": last_day(petition.closes_at),
        "rows": ROWS,
        "sheet": "",
        "lines": [],
        "age": charter_of(petition).minimum_age,
    }
    with override("uk"):  # official papers are in Ukrainian, whatever language the reader has chosen
        link = address_of_page(request.community, f"/petitions/{petition_id}/paper/")
        pdf = render_pdf("petitions/paper_blank.typ", facts, community=request.community, now=request.now, link=link)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="petition-{petition.number or petition_id}-signatures.pdf"'
    return response
