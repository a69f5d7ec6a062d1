"""What a person does with their addresses: ask for a code, type it, take an address back."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, QuerySet

from edem.foundation.events.announcing import announce
from edem.foundation.identity.contact_kinds import Kind, written
from edem.foundation.identity.contacts import addresses
from edem.foundation.identity.contacts.codes import current_version, is_code_of, mark_of_address, name_of_lock
from edem.foundation.identity.contacts.rules import LIFE, MOST_TRIES, Answer, answer_to, check_may_ask, check_may_try
from edem.foundation.identity.events import ContactCodeAsked, ContactConfirmed, ContactRemoved
from edem.foundation.identity.models import Contact
from edem.foundation.people.models import Person
from edem.kernel.errors import Conflict, Invalid, Missing


@transaction.atomic(durable=True)
def ask_code(person: Person, kind: Kind, typed: str, *, community_id: int, now: datetime) -> UUID:
    """Send a code to a new address; a code that was awaited before is worth nothing any more."""
    address = written(kind, typed)
    mark = mark_of_address(address)
    person = _locked(person)
    _lock_address(mark)

    check_may_ask(_asked(person=person), _asked(mark=mark), now=now)
    _check_is_new(person, kind, mark)

    _give_up(_awaited(person, kind), now)
    contact = Contact(
        person=person, kind=kind, mark=mark, key_version=current_version(), asked_at=now, expires_at=now + LIFE
    )
    contact.address = addresses.sealed_address(contact, address)
    contact.save(force_insert=True)

    announce(ContactCodeAsked(contact_id=contact.pk, person_id=person.pk, community_id=community_id, kind=kind))
    return contact.pk


def confirm_contact(person: Person, kind: Kind, typed: str, *, community_id: int, now: datetime) -> None:
    """The wrong try is kept before it is refused: a refusal inside the transaction would forget it."""
    answer, left = _try_code(person, kind, typed, community_id=community_id, now=now)
    if answer is Answer.WRONG:
        raise Invalid("identity.contact_code_wrong", left=left)
    if answer is Answer.LAST_WRONG:
        raise Conflict("identity.contact_code_spent")


@transaction.atomic(durable=True)
def remove_contact(person: Person, kind: Kind, *, community_id: int, now: datetime) -> None:
    """Nothing is written there any more, but the letter that says so."""
    person = _locked(person)
    contact = addresses.confirmed(person, kind)
    if contact is None:
        raise Missing("identity.no_contact")

    contact.ended_at = now
    contact.save(update_fields=["ended_at"])

    announce(ContactRemoved(contact_id=contact.pk, person_id=person.pk, community_id=community_id, kind=kind))


@transaction.atomic(durable=True)
def stop_waiting(person: Person, kind: Kind, *, now: datetime) -> None:
    """Another address was meant; what has been sent counts among the day's codes."""
    _give_up(_awaited(person, kind), now)


def forget_contacts(person: Person) -> None:
    """Part of an action: with the consent all addresses go."""
    Contact.objects.filter(person=person).delete()


@transaction.atomic(durable=True)
def _try_code(person: Person, kind: Kind, typed: str, *, community_id: int, now: datetime) -> tuple[Answer, int]:
    person = _locked(person)
    waits = _awaited(person, kind)
    contact = waits.order_by("pk").first()
    if contact is None:
        raise Missing("identity.no_contact_code")

    check_may_try(expires_at=contact.expires_at, tries=contact.tries, now=now)
    answer = answer_to(is_right=is_code_of(contact, typed), tries=contact.tries)

    if answer is Answer.RIGHT:
        _confirm(contact, community_id=community_id, now=now)
    else:
        waits.update(tries=F("tries") + 1)
    return answer, MOST_TRIES - contact.tries - 1


def _confirm(contact: Contact, *, community_id: int, now: datetime) -> None:
    """The old address keeps its row till it has been told."""
    former = addresses.confirmed(contact.person, Kind(contact.kind))
    if former is not None:
        former.ended_at = now
        former.save(update_fields=["ended_at"])
    contact.confirmed_at = now
    contact.save(update_fields=["confirmed_at"])
    announce(
        ContactConfirmed(
            contact_id=contact.pk,
            person_id=contact.person_id,
            community_id=community_id,
            kind=contact.kind,
            former_id=former.pk if former else None,
        )
    )


def _locked(person: Person) -> Person:
    """All that one person does with addresses goes one after another."""
    return Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)


def _awaited(person: Person, kind: Kind) -> QuerySet[Contact]:
    return Contact.objects.filter(person=person, kind=kind, confirmed_at__isnull=True, ended_at__isnull=True)


def _lock_address(mark: bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [name_of_lock(mark)])


def _asked(**whose: object) -> list[datetime]:
    newest = Contact.objects.filter(**whose).order_by("-asked_at", "pk").values_list("asked_at", flat=True)
    return list(newest[:20])


def _check_is_new(person: Person, kind: Kind, mark: bytes) -> None:
    known = addresses.confirmed(person, kind)
    if known is not None and bytes(known.mark) == mark:
        raise Conflict("identity.contact_confirmed_already")


def _give_up(contacts: QuerySet[Contact], now: datetime) -> None:
    """Nobody writes there any more: the address goes, the count of codes stays."""
    contacts.update(ended_at=now, address=b"")
