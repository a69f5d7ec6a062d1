"""What a petition's card tells beside its panel: the same for every reader, so made once an interval for all."""

from collections.abc import Mapping

from django.utils.safestring import SafeString

from edem.foundation.live.parts import kept_part, own_part
from edem.foundation.people.models import Person
from edem.services.petitions.queries.attachments import files_of
from edem.services.petitions.queries.editions import changed_at
from edem.services.petitions.queries.exclusions import traces_on
from edem.services.petitions.queries.hiding import hidings_of
from edem.services.petitions.queries.pages import PetitionPage
from edem.services.petitions.queries.paper import waiting_after_end
from edem.services.petitions.queries.places import has_more_places, pins_of, places_shown
from edem.services.petitions.queries.updates import updates_on
from edem.services.petitions.web.card_parts import is_insider
from edem.services.petitions.web.discussing import glance_facts
from edem.services.petitions.web.exclusion_facts import has_fallen_short
from edem.services.petitions.web.gathering import gathering_facts
from edem.services.petitions.web.outcome import outcome_facts
from edem.services.petitions.web.sharing import shown_elsewhere
from edem.ui.maps import map_setup

_TEMPLATE = "petitions/story.html"


def story_of(page: PetitionPage, reader: Person | None) -> SafeString:
    petition = page.petition
    if is_insider(page, reader):
        return own_part(_TEMPLATE, facts=lambda: story_facts(page))
    key, tags = (petition.pk, page.state), [f"petition:{petition.pk}"]
    return kept_part(_TEMPLATE, key=key, tags=tags, facts=lambda: story_facts(page))


def story_facts(page: PetitionPage) -> Mapping[str, object]:
    """Of the page only what does not depend on who reads it."""
    petition = page.petition
    return {
        "page": page,
        "petition": petition,
        "files": files_of(petition) if page.shows_text else [],
        **place_facts(page),
        "news": updates_on(petition),
        "hidings": hidings_of(petition),
        "changed_at": changed_at(petition),
        "shown_elsewhere": shown_elsewhere(page),
        "paper_waiting": waiting_after_end(petition, now=page.as_of),
        "traces": traces_on(petition),
        "shortfall": has_fallen_short(page),
        **gathering_facts(page),
        **outcome_facts(page),
        **glance_facts(page),
    }


def place_facts(page: PetitionPage) -> Mapping[str, object]:
    """A place in a few words stands in the head of the card already."""
    petition = page.petition
    if not page.shows_text or not has_more_places(petition):
        return {"places": []}
    places = places_shown(petition)
    pins = pins_of(places)
    return {"places": places, "pins": pins, "map_setup": map_setup() if pins else ""}
