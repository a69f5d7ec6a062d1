"""A petition as one row of a list."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import ngettext

from edem.foundation.communities.addresses import address_of_page
from edem.kernel.lifecycle import StateLook
from edem.services.petitions.models import Petition
from edem.services.petitions.queries.pages import state_now, total_of
from edem.services.petitions.queries.places import told_places
from edem.services.petitions.queries.withheld import hides_text, withhold
from edem.services.petitions.rules.lifecycle import STATES, State
from edem.ui.countdown.countdown import words_left
from edem.ui.words import day, number


@dataclass(frozen=True, kw_only=True)
class Row:
    petition: Petition
    look: StateLook
    count: int
    is_collecting: bool
    meta: str
    meter_label: str


def row_of(petition: Petition, *, now: datetime) -> Row:
    withhold(petition)
    state = state_now(petition, now)
    collecting = state is State.COLLECTING
    words = signatures_of_needed(count := total_of(petition), petition.required)
    when = words_left(petition.closes_at, now) if collecting and petition.closes_at else day(petition.published_at)
    return Row(
        petition=petition,
        look=STATES[state],
        count=count,
        is_collecting=collecting,
        meta=" · ".join(part for part in (words, when, petition.place) if part),
        meter_label=words,
    )


def signatures_of_needed(count: int, required: int) -> str:
    words = ngettext("%(count)s підпис із %(required)s", "%(count)s підписів із %(required)s", count)
    return words % {"count": number(count), "required": number(required)}


def summary_of(petition: Petition, *, now: datetime) -> dict[str, object]:
    """The same for outside programs."""
    return {
        "id": petition.pk,
        "number": petition.number,
        "title": "" if hides_text(petition) else petition.title,
        "category": petition.category,
        "state": state_now(petition, now).value,
        "count": total_of(petition),
        "required": petition.required,
        "published_at": petition.published_at,
        "closes_at": petition.closes_at,
        "places": told_places(petition),
        "url": address_of_page(petition.community, f"/petitions/{petition.pk}/"),
    }
