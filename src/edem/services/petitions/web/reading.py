"""What everybody may read: the list, the card, the signers."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from edem.foundation.live.kept import kept
from edem.foundation.people.access import anyone, open_to
from edem.foundation.people.models import Person
from edem.foundation.people.requests import CommunityRequest
from edem.kernel.errors import Missing
from edem.services.petitions.queries.attachments import files_of
from edem.services.petitions.queries.editions import changed_at, earlier_editions, is_correctable
from edem.services.petitions.queries.pages import PetitionPage, petition_for, petition_page
from edem.services.petitions.queries.paper import waiting_after_end
from edem.services.petitions.queries.signatures import Places
from edem.services.petitions.queries.similar import alike
from edem.services.petitions.queries.updates import updates_on
from edem.services.petitions.web.discussing import glance_facts
from edem.services.petitions.web.exclusion_facts import exclusion_facts
from edem.services.petitions.web.gathering import road_and_signatures
from edem.services.petitions.web.outcome import outcome_facts
from edem.services.petitions.web.sharing import shown_elsewhere
from edem.ui.progress.progress import Live
from edem.ui.words import clock

SIGNERS_PAGE = 100


@open_to(anyone)
@kept(tags=("petition:{petition_id}",))
@require_safe
def petition_card(request: CommunityRequest, petition_id: int) -> HttpResponse:
    page = petition_page(request.community, petition_id, reader=request.person, now=request.now)
    facts = card_facts(page) | author_facts(page, request.person) | exclusion_facts(page, request.person)
    facts |= glance_facts(page)
    return render(request, "petitions/card.html", facts)


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


def card_facts(page: PetitionPage) -> dict[str, object]:
    return {
        "page": page,
        "petition": page.petition,
        "live": live_of(page.petition.pk),
        "as_of_note": _("Станом на %(time)s") % {"time": clock(page.as_of)},
        "road_and_signatures": road_and_signatures(page),
        "is_staff_case": page.is_staff_case,
        "files": files_of(page.petition) if page.shows_text else [],
        "news": updates_on(page.petition),
        "changed_at": changed_at(page.petition),
        "shown_elsewhere": shown_elsewhere(page),
        "paper_waiting": waiting_after_end(page.petition, now=page.as_of),
        **outcome_facts(page),
    }


def author_facts(page: PetitionPage, reader: Person | None) -> dict[str, object]:
    is_author = reader is not None and page.petition.author_id == reader.pk
    return {"is_author": is_author, "is_correctable": is_author and is_correctable(page.petition)}


def live_of(petition_id: int) -> Live:
    """Where the page's counter is told; the front door answers both addresses."""
    home = reverse("home")
    return Live(
        stream=f"{home}live/signatures/{petition_id}", poll=f"{home}count/signatures/{petition_id}.json", name="count"
    )


@open_to(anyone)
@require_safe
def similar(request: CommunityRequest) -> HttpResponse:
    """A fragment for the form: what like this exists already, with «підписати її» first."""
    text = request.GET.get("q", "")[:500]
    return render(request, "petitions/similar.html", {"alike": alike(request.community, text, now=request.now)})
