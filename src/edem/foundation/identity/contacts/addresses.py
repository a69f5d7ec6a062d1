"""Where to write to a person: what they confirmed themselves, else what the provider said. Each look is logged."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from edem.foundation.identity import vault
from edem.foundation.identity.contact_kinds import Kind, shown
from edem.foundation.identity.contacts.codes import place_of
from edem.foundation.identity.keys import vault_keys
from edem.foundation.identity.models import Contact
from edem.foundation.identity.purposes import ReadPurpose
from edem.foundation.identity.reading import write_down
from edem.foundation.identity.sealing import seal, unseal
from edem.foundation.people.models import Person

_PURPOSE: Final[Mapping[Kind, ReadPurpose]] = {Kind.EMAIL: ReadPurpose.MAIL, Kind.PHONE: ReadPurpose.SMS}


@dataclass(frozen=True, kw_only=True)
class OwnContact:
    """One address as its owner sees it."""

    kind: Kind
    address: str
    confirmed_at: datetime | None
    """None: the provider said it, or a code is awaited."""

    @property
    def written(self) -> str:
        return shown(self.kind, self.address)


def sealed_address(contact: Contact, address: str) -> bytes:
    return seal(address.encode(), place=place_of(contact.pk), ring=vault_keys())


def confirmed(person: Person, kind: Kind) -> Contact | None:
    held = Contact.objects.filter(person=person, kind=kind, confirmed_at__isnull=False, ended_at__isnull=True)
    return held.order_by("pk").first()


def waiting(person: Person, kind: Kind, *, now: datetime) -> Contact | None:
    """A code was sent and may still be typed."""
    asked = Contact.objects.filter(person=person, kind=kind, confirmed_at__isnull=True, ended_at__isnull=True)
    return asked.filter(expires_at__gt=now).order_by("pk").first()


def address_for(person: Person, kind: Kind, *, now: datetime) -> str:
    """Empty when there is none. A telephone is written to only after its owner has confirmed it."""
    contact = confirmed(person, kind)
    if contact is not None:
        return _opened_for_writing(contact, now=now)
    return provided_address(person, now=now) if kind is Kind.EMAIL else ""


def provided_address(person: Person, *, now: datetime) -> str:
    """The mail address that the provider named."""
    if not vault.holds(person):
        return ""
    return vault.read(person, ("email",), purpose=ReadPurpose.MAIL, by=None, now=now)["email"]


def address_in(contact_id: UUID, *, person: Person, now: datetime) -> str:
    """Of one row, whatever became of it: for its code, or to tell the old address that it was replaced."""
    contact = Contact.objects.filter(pk=contact_id, person=person).order_by("pk").first()
    return _opened_for_writing(contact, now=now) if contact is not None else ""


def own_contacts(person: Person, *, now: datetime) -> Mapping[Kind, OwnContact]:
    """What the person reads about themselves; one line of the log for all."""
    found = {kind: known for kind in Kind if (known := confirmed(person, kind))}
    own = {
        kind: OwnContact(kind=kind, address=opened(contact), confirmed_at=contact.confirmed_at)
        for kind, contact in found.items()
    }
    if vault.holds(person):
        said = vault.read(person, ("email", "phone"), purpose=ReadPurpose.OWNER, by=person, now=now)
        provided = {kind: OwnContact(kind=kind, address=said[kind], confirmed_at=None) for kind in Kind if said[kind]}
        return provided | own
    if own:
        write_down([person.pk], [str(kind) for kind in own], purpose=ReadPurpose.OWNER, by=person, now=now)
    return own


def own_waiting(person: Person, kind: Kind, *, now: datetime) -> OwnContact | None:
    """Where the code went that is awaited; the person has typed it a minute ago, so no reading is logged."""
    contact = waiting(person, kind, now=now)
    return OwnContact(kind=kind, address=opened(contact), confirmed_at=None) if contact else None


def opened(contact: Contact) -> str:
    """Without a trace: only for the owner's own eyes, or where the caller writes the look down."""
    sealed = bytes(contact.address)
    return unseal(sealed, place=place_of(contact.pk), ring=vault_keys()).decode() if sealed else ""


def _opened_for_writing(contact: Contact, *, now: datetime) -> str:
    kind = Kind(contact.kind)
    write_down([contact.person_id], [kind], purpose=_PURPOSE[kind], by=None, now=now)
    return opened(contact)
