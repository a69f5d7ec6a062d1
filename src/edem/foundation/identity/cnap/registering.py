"""At the desk: whom a clerk has before them, found by the document or written down for the first time."""

from dataclasses import astuple, dataclass, replace
from datetime import date, datetime

from django.db import IntegrityError, transaction

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.identity.actions import take_in
from edem.foundation.identity.claims import Claims, Method, claims_of, identifiers_of
from edem.foundation.identity.persons.naming import FullName
from edem.foundation.identity.proposals.desk import check_may_decide
from edem.foundation.identity.purposes import About, ReadPurpose
from edem.foundation.identity.queries import person_known_by, person_with_number
from edem.foundation.identity.reading import write_down
from edem.foundation.people.models import Person
from edem.kernel.errors import Conflict, Invalid, Missing
from edem.kernel.ukrainian import normalise


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What stands in the document a person shows."""

    name: FullName
    number: str
    born_on: date


@transaction.atomic(durable=True)
def find_person(number: str, *, community_id: int, by: Person, now: datetime) -> Person:
    """Find whom a clerk has before them by the document they show; that somebody looked is audited."""
    check_may_decide(by, community_id)
    person = person_with_number(number)
    if person is None:
        raise Missing("identity.nobody_with_number")

    _write_down_the_look(person, community_id=community_id, by=by, now=now)
    return person


def register_person(shown: Shown, *, community_id: int, by: Person, now: datetime) -> Person:
    """Write down somebody who has never signed in; two clerks at once make one person of them."""
    try:
        person = _register(shown, community_id=community_id, by=by, now=now)
    except IntegrityError:
        person = None
    if person is None:
        raise Conflict("identity.registered_already")
    return person


@transaction.atomic(durable=True)
def _register(shown: Shown, *, community_id: int, by: Person, now: datetime) -> Person | None:
    """The paper consent with the person's signature stays at the desk; the form says so.

    Of somebody known already nothing comes but a line in their log: this, too, was looking for them.
    """
    claims = claims_shown(shown, today=now.date())

    check_may_decide(by, community_id)
    known = person_known_by(claims)
    if known is not None:
        _write_down_the_look(known, community_id=community_id, by=by, now=now)
        return None

    person = take_in(claims, consents=True, now=now)

    record_staff_act(by, "identity.register_person", community_id=community_id, subject=person, now=now)
    return person


def _write_down_the_look(person: Person, *, community_id: int, by: Person, now: datetime) -> None:
    looked = About(community_id=community_id)
    write_down([person.pk], (), purpose=ReadPurpose.FINDING, by=by, now=now, about=looked)
    record_staff_act(by, "identity.find_person", community_id=community_id, subject=person, now=now)


def claims_shown(shown: Shown, *, today: date) -> Claims:
    """The document read; a number that knows the day of birth must agree with it."""
    if not identifiers_of(shown.number):
        raise Invalid("identity.number_unreadable")
    names, written = astuple(shown.name.tidy()), normalise(shown.number).strip()
    claims = claims_of(Method.CNAP_SLIP, names=names, numbers=[written], unzr=written, contacts={})
    born = shown.born_on.isoformat()
    if shown.born_on >= today or (claims.born_on and claims.born_on != born):
        raise Invalid("identity.birth_date_differs")
    return replace(claims, born_on=born)
