"""The petition on paper: one clean PDF with the road, the count and a QR code back to the page."""

from django.http import HttpResponse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from edem.foundation.communities.addresses import address_of_page
from edem.foundation.documents.rendering import render_pdf
from edem.foundation.people.access import anyone, open_to
from edem.foundation.people.requests import CommunityRequest
from edem.services.petitions.queries.pages import petition_page
from edem.services.petitions.queries.sheets import sheet_of


@open_to(anyone)
@require_safe
def sheet(request: CommunityRequest, petition_id: int) -> HttpResponse:
    page = petition_page(request.community, petition_id, reader=None, now=request.now)
    with override("uk"):  # official papers are in Ukrainian, whatever language the reader has chosen
        pdf = render_pdf(
            "petitions/sheet.typ",
            sheet_of(page),
            community=request.community,
            now=request.now,
            link=address_of_page(request.community, f"/petitions/{petition_id}/"),
        )
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="petition-{page.petition.number or petition_id}.pdf"'
    return response
