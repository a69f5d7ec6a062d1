"""Where a notice's letter goes; the vault is asked at the last moment and nothing of it is kept."""

from datetime import datetime
from uuid import UUID

from edem.foundation.identity.contact_kinds import Kind
from edem.foundation.identity.contacts.addresses import address_for, address_in, provided_address
from edem.foundation.notices.models import Notice
from edem.foundation.notices.one_address import ONE_ADDRESS, TO
from edem.foundation.people.models import Person


def address_of(notice: Notice, *, now: datetime) -> str:
    """Empty when there is none, or when the person has left."""
    if notice.person_id is None:
        return notice.address
    person = Person.objects.filter(pk=notice.person_id, is_active=True).order_by("pk").first()
    if person is None:
        return ""
    if notice.template in ONE_ADDRESS:
        return _one_address(notice, person, now=now)
    return address_for(person, Kind.EMAIL, now=now)


def _one_address(notice: Notice, person: Person, *, now: datetime) -> str:
    """That very address; the provider's only if it is not the one that has just been confirmed."""
    if notice.facts[TO]:
        return address_in(UUID(notice.facts[TO]), person=person, now=now)
    provided = provided_address(person, now=now)
    current = address_for(person, Kind.EMAIL, now=now)
    return "" if provided.casefold() == current.casefold() else provided
