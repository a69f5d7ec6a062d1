"""Passing a petition on: links, a poster, a flyer, the picture that networks show."""

import hashlib

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from edem.foundation.documents.sharing import shortened
from edem.foundation.live.kept import kept
from edem.foundation.people.access import anyone, open_to
from edem.foundation.people.requests import CommunityRequest
from edem.kernel.errors import Missing
from edem.services.petitions.queries.pages import PetitionPage
from edem.services.petitions.queries.sharing import (
    address_of,
    drawn,
    flyer_pdf,
    links_of,
    page_to_share,
    picture_address,
    picture_of,
    poster_pdf,
    poster_text,
)

PAPERS = ("a3", "a4")
_TELLING = 200


@open_to(anyone)
@kept(tags=("petition:{petition_id}",))
@require_safe
def share(request: CommunityRequest, petition_id: int) -> HttpResponse:
    page = page_to_share(request.community, petition_id, now=request.now)
    facts = {
        "page": page,
        "petition": page.petition,
        "address": address_of(page.petition),
        "links": links_of(page),
        "words": poster_text(page),
    }
    return render(request, "petitions/share.html", facts)


@open_to(anyone)
@require_safe
def poster(request: CommunityRequest, petition_id: int, paper: str) -> HttpResponse:
    if paper not in PAPERS:
        raise Missing("petition.missing")
    page = page_to_share(request.community, petition_id, now=request.now)
    return printed(poster_pdf(page, paper=paper), name=f"poster-{paper}-{petition_id}")


@open_to(anyone)
@require_safe
def flyer(request: CommunityRequest, petition_id: int) -> HttpResponse:
    page = page_to_share(request.community, petition_id, now=request.now)
    return printed(flyer_pdf(page), name=f"flyer-{petition_id}")


@open_to(anyone)
@require_safe
def poster_words(request: CommunityRequest, petition_id: int) -> HttpResponse:
    page = page_to_share(request.community, petition_id, now=request.now)
    return HttpResponse(poster_text(page), content_type="text/plain; charset=utf-8")


@open_to(anyone)
@require_safe
def picture(request: CommunityRequest, petition_id: int) -> HttpResponseBase:
    content = drawn(picture_of(page_to_share(request.community, petition_id, now=request.now)))
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type="image/png")
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=600"
    return get_conditional_response(request, etag=etag, response=response) or response


def printed(pdf: bytes, *, name: str) -> HttpResponse:
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def shown_elsewhere(page: PetitionPage) -> dict[str, str] | None:
    """What other sites show with a link to the card; nothing of a text that is not public."""
    if not page.shows_text or not page.petition.published_at:
        return None
    return {
        "title": page.petition.title,
        "description": shortened(page.petition.demand, _TELLING),
        "url": address_of(page.petition),
        "image": picture_address(page),
    }
