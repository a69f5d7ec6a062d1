"""Further places of a draft: add one, take one away. The first is written with the text (`drafting`)."""

from django.db import transaction

from edem.foundation.people.models import Person
from edem.foundation.places.queries import settlements_of
from edem.kernel.errors import Conflict, Invalid, Missing, NotAllowed
from edem.services.petitions.actions.stepping import lock
from edem.services.petitions.models import Petition
from edem.services.petitions.queries.places import first_place, further_places
from edem.services.petitions.rules.attaching import EDITABLE
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.rules.places import Place, kept, tidy_place, with_place


@transaction.atomic(durable=True)
def add_place(petition_id: int, place: Place, *, by: Person) -> None:
    petition = lock_own(petition_id, by=by)

    new = checked(place, petition)
    if not new.is_empty and new == first_place(petition):
        raise Conflict("petition.place_known", field="place")

    keep(petition, with_place(further_places(petition), new))


@transaction.atomic(durable=True)
def remove_place(petition_id: int, number: int, *, by: Person) -> None:
    petition = lock_own(petition_id, by=by)

    known = further_places(petition)
    if number not in {each.number for each in known}:
        raise Missing("petition.no_such_place")

    keep(petition, [each for each in known if each.number != number])


def put_first(petition: Petition, place: Place) -> None:
    """Part of writing a draft."""
    first = checked(place, petition)
    petition.settlement_code, petition.place = first.settlement_code, first.words
    petition.lat, petition.lon = (first.point.lat, first.point.lon) if first.point else (None, None)


def checked(place: Place, petition: Petition) -> Place:
    code = place.settlement_code
    if code and not settlements_of(petition.community.katottg).filter(code=code).exists():
        raise Invalid("petition.place_elsewhere", field="settlement")
    return tidy_place(place)


def keep(petition: Petition, places: list[Place]) -> None:
    petition.further_places = [kept(each) for each in places]
    petition.save(update_fields=["further_places"])


def lock_own(petition_id: int, *, by: Person) -> Petition:
    petition = lock(petition_id)
    if petition.author_id != by.pk:
        raise NotAllowed("petition.not_yours")
    if State(petition.state) not in EDITABLE:
        raise Conflict("petition.published_already_places")
    return petition
