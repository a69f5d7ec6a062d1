"""What everybody may read: the list, the card, the signers."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from edem.foundation.live.kept import kept
from edem.foundation.people.access import anyone, open_to
from edem.foundation.people.requests import CommunityRequest
from edem.kernel.errors import Missing
from edem.services.petitions.queries.editions import earlier_editions
from edem.services.petitions.queries.pages import PetitionPage, petition_for, petition_page
from edem.services.petitions.queries.places import has_pins
from edem.services.petitions.queries.signatures import Places
from edem.services.petitions.queries.similar import alike
from edem.services.petitions.web.card_parts import card_parts
from edem.services.petitions.web.story import story_of

SIGNERS_PAGE = 100


@open_to(anyone)
@kept(tags=("petition:{petition_id}",))
@require_safe
def petition_card(request: CommunityRequest, petition_id: int) -> HttpResponse:
    page = petition_page(request.community, petition_id, reader=request.person, now=request.now)
    return render(request, "petitions/card.html", card_facts(request, page))


@open_to(anyone)
@kept(query=("page",), tags=("petition:{petition_id}",))
@require_safe
def signers(request: CommunityRequest, petition_id: int) -> HttpResponse:
    """Public by law: name and date; not for search engines, and no page of its own for a person."""
    petition = petition_for(request.community, petition_id, reader=request.person)
    page = Places(petition, SIGNERS_PAGE).get_page(request.GET.get("page"))
    response = render(request, "petitions/signers.html", {"petition": petition, "page": page})
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@open_to(anyone)
@kept(tags=("petition:{petition_id}",))
@require_safe
def editions(request: CommunityRequest, petition_id: int) -> HttpResponse:
    """The texts that stood before the author's corrections."""
    petition = petition_for(request.community, petition_id, reader=request.person)
    earlier = earlier_editions(petition)
    if not earlier:
        raise Missing("petition.missing")
    return render(request, "petitions/editions.html", {"petition": petition, "editions": earlier})


def card_facts(request: CommunityRequest, page: PetitionPage) -> dict[str, object]:
    card = card_parts(request, page, request.person)
    return {
        "page": page,
        "petition": page.petition,
        "card": card,
        "own_trace": card.own_trace,
        "has_pins": page.shows_text and has_pins(page.petition),
        "story": story_of(page, request.person),
    }


@open_to(anyone)
@require_safe
def similar(request: CommunityRequest) -> HttpResponse:
    """A fragment for the form: what like this exists already, with «підписати її» first."""
    text = request.GET.get("q", "")[:500]
    return render(request, "petitions/similar.html", {"alike": alike(request.community, text, now=request.now)})
