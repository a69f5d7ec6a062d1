"""The petition on paper: one clean PDF with the road, the count and a QR code back to the page."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from edem.foundation.communities.addresses import address_of_page
from edem.foundation.documents.rendering import render_pdf
from edem.foundation.people.access import anyone, open_to
from edem.foundation.people.requests import CommunityRequest
from edem.services.petitions.queries.pages import PetitionPage, petition_page
from edem.ui.words import day, number


@open_to(anyone)
@require_safe
def sheet(request: CommunityRequest, petition_id: int) -> HttpResponse:
    page = petition_page(request.community, petition_id, reader=None, now=request.now)
    with override("uk"):  # official papers are in Ukrainian, whatever language the reader has chosen
        pdf = render_pdf(
            "petitions/sheet.typ",
            facts_of(page),
            community=request.community,
            now=request.now,
            link=address_of_page(request.community, f"/petitions/{petition_id}/"),
        )
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="petition-{page.petition.number or petition_id}.pdf"'
    return response


def facts_of(page: PetitionPage) -> dict[str, object]:
    petition = page.petition
    return {
        "title": petition.title if page.shows_text else _("Текст не оприлюднено"),
        "rows": [
            [_("Петиція"), f"№ {petition.number}" if petition.number else petition.source_uid or ""],
            [_("Автор"), petition.author_name],
            [_("Стан"), _(page.look.label)],
            [_("Оприлюднено"), day(petition.published_at)],
            [_("Підписи"), _("%(count)s із %(required)s") % counts_of(page)],
        ],
        "demand": petition.demand if page.shows_text else "",
        "essence": petition.essence if page.shows_text else "",
        "road": [[_(stage.look.label), day(stage.at), stage.note] for stage in page.stages if stage.at],
        "answer": petition.answer,
    }


def counts_of(page: PetitionPage) -> dict[str, str]:
    return {"count": number(page.count), "required": number(page.petition.required)}
