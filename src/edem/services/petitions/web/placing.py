"""Where a petition is about: further places of a draft, with a pin for whoever has scripts."""

import json

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from edem.foundation.communities.models import Community
from edem.foundation.people.access import open_to, residents
from edem.foundation.people.requests import PersonalRequest
from edem.foundation.places.queries import settlements_of
from edem.kernel.errors import Conflict
from edem.services.petitions.actions.placing import add_place, remove_place
from edem.services.petitions.queries.pages import petition_of_author
from edem.services.petitions.queries.places import pins_around, places_shown
from edem.services.petitions.rules.attaching import EDITABLE
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.rules.places import MOST_PLACES
from edem.services.petitions.web.place_form import Choices, PlaceForm
from edem.ui.maps import map_setup
from edem.ui.refusals import refusals_shown_on


@open_to(residents)
@require_http_methods(["GET", "POST"])
def places(request: PersonalRequest, petition_id: int) -> HttpResponse:
    petition = petition_of_author(request.community, petition_id, author=request.person)
    if State(petition.state) not in EDITABLE:
        raise Conflict("petition.published_already_places")
    form = PlaceForm(request.POST or None, settlements=settlements(request.community))
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            add_place(petition.pk, form.typed_place(), by=request.person)
            return redirect("petitions:places", petition.pk)
    shown = places_shown(petition)
    facts = {"petition": petition, "form": form, "places": shown, "has_room": len(shown) < MOST_PLACES}
    return render(request, "petitions/places.html", facts | pin_facts(request.community), status=form.status)


@open_to(residents)
@require_POST
def remove(request: PersonalRequest, petition_id: int, number: int) -> HttpResponse:
    petition = petition_of_author(request.community, petition_id, author=request.person)
    remove_place(petition.pk, number, by=request.person)
    return redirect("petitions:places", petition.pk)


def settlements(community: Community) -> Choices:
    return [(unit.code, unit.name) for unit in settlements_of(community.katottg)]


def pin_facts(community: Community) -> dict[str, object]:
    """What the map of a form needs: its base, and where to look first."""
    box = pins_around(community)
    return {
        "map_setup": map_setup(),
        "bounds": json.dumps([box.west, box.south, box.east, box.north]) if box else "",
    }
