"""What changes about identity: people come in, consents are withdrawn, sessions end."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from edem.foundation.events.announcing import announce
from edem.foundation.identity import vault
from edem.foundation.identity.claims import Claims
from edem.foundation.identity.consent_text import VERSION
from edem.foundation.identity.contacts.actions import forget_contacts
from edem.foundation.identity.contacts.devices import forget_devices
from edem.foundation.identity.ending import end_sessions_of
from edem.foundation.identity.events import PersonErased
from edem.foundation.identity.forgetting import forget_corrections, forget_name, forget_sign_ins
from edem.foundation.identity.marks import Mark, sign_in_marks
from edem.foundation.identity.membership.by_address import decide_by_address
from edem.foundation.identity.models import Consent, MembershipFact, SignIn, SignInMark
from edem.foundation.identity.persons.accounts import accounts_of
from edem.foundation.identity.persons.erasing import forget_at_desk, settle_for_good
from edem.foundation.identity.persons.naming import named_by
from edem.foundation.identity.proposals.proposing import drop_waiting, hold_waiting
from edem.foundation.identity.queries import has_consented, person_known_by
from edem.foundation.identity.two_officers import DECIDE_MEMBERSHIP
from edem.foundation.people.models import Person
from edem.kernel.errors import Conflict, Missing, NotAllowed
from edem.kernel.ukrainian import sort_key

__all__ = ["DECIDE_MEMBERSHIP"]


def admit_person(claims: Claims, *, consents: bool, now: datetime) -> Person:
    """Find the person of these claims or make them; of two first sign-ins at once one finds what the other made."""
    try:
        return _admit(claims, consents=consents, now=now)
    except IntegrityError:
        return _admit(claims, consents=consents, now=now)


@transaction.atomic(durable=True)
def _admit(claims: Claims, *, consents: bool, now: datetime) -> Person:
    return take_in(claims, consents=consents, now=now)


def take_in(claims: Claims, *, consents: bool, now: datetime) -> Person:
    """Part of an action: the person of these claims, known already or made, with all that the claims say of them."""
    person = _locked_known(claims)

    if person is not None and not person.is_active:
        raise NotAllowed("identity.person_closed")
    # Asked under the lock: it may have been withdrawn while the person was at the provider's.
    if not consents and (person is None or not has_consented(person)):
        raise NotAllowed("identity.consent_needed")

    if person is None:
        person = _new_person(claims, now)
    else:
        claims = named_by(person, claims, now=now)
        _remember_marks(person, sign_in_marks(claims.identifiers))
    vault.store(person, claims, now=now)
    vault.seal_facts(person, claims.identifiers, born_on=claims.born_on, now=now)
    decide_by_address(person, locality=claims.locality, state=claims.state, address=claims.address, now=now)
    if consents and not has_consented(person):
        Consent.objects.create(person=person, version=VERSION, given_at=now)

    return person


@transaction.atomic(durable=True)
def withdraw_consent(person: Person, *, now: datetime) -> None:
    """Erase what identifies the person (law 2297-VI, art. 8); acts already done stand, the mark keeps them single.

    With them all that accounts merged into theirs have left behind.
    """
    hold_waiting(accounts_of(person))
    person = _locked(person.pk)
    accounts = accounts_of(person)

    drop_waiting(accounts, now=now)
    settle_for_good(accounts, now=now)
    MembershipFact.objects.filter(person__in=accounts, until__isnull=True).update(until=now)
    end_sessions_of(person, now=now)
    for account in Person.objects.filter(pk__in=accounts).order_by("pk"):
        vault.erase(account)
        forget_at_desk(account)
        Consent.objects.filter(person=account, withdrawn_at__isnull=True).update(withdrawn_at=now)
        forget_sign_ins(account)
        forget_corrections(account, now=now)
        forget_contacts(account)
        forget_devices(account)
        forget_name(account)
        announce(PersonErased(person_id=account.pk, erased_at=now))


@transaction.atomic(durable=True)
def end_session(person: Person, sign_in_id: int, *, now: datetime) -> None:
    """Sign one of the person's own sessions out, wherever it is."""
    sign_ins = SignIn.objects.select_for_update(of=("self",)).filter(pk=sign_in_id, person=person)
    sign_in = sign_ins.filter(ended_at__isnull=True).order_by("pk").first()
    if sign_in is None:
        raise Missing("identity.no_session")

    end_sessions_of(person, now=now, only=sign_in.session_key)


@transaction.atomic(durable=True)
def end_all_sessions(person: Person, *, now: datetime) -> None:
    """For a lost phone, a closed account."""
    end_sessions_of(_locked(person.pk), now=now)


def _locked(person_id: uuid.UUID) -> Person:
    person = Person.objects.select_for_update(of=("self",)).filter(pk=person_id).order_by("pk").first()
    if person is None:
        raise Missing("identity.no_person")
    return person


def _locked_known(claims: Claims) -> Person | None:
    """Whose marks these are once the lock is held: officers may have merged or parted accounts in the meantime."""
    known = person_known_by(claims)
    if known is None:
        return None
    person = Person.objects.select_for_update(of=("self",)).get(pk=known.pk)
    values = [mark.value for mark in sign_in_marks(claims.identifiers)]
    if not SignInMark.objects.filter(person=person, value__in=values).exists():
        raise Conflict("identity.account_moved")
    return person


def _new_person(claims: Claims, now: datetime) -> Person:
    name = claims.display_name
    person = Person(display_name=name, name_key=sort_key(name), created_at=now)
    person.set_unusable_password()
    person.save(force_insert=True)
    first, *others = sign_in_marks(claims.identifiers)
    # Strictly: when another sign-in has just made this person, the constraint sends us to find them.
    SignInMark.objects.create(person=person, key_version=first.key_version, value=first.value)
    _remember_marks(person, others)
    return person


def _remember_marks(person: Person, marks: Sequence[Mark]) -> None:
    """Under every key and number; a mark that belongs to somebody else already stays theirs (two officers merge)."""
    rows = [SignInMark(person=person, key_version=mark.key_version, value=mark.value) for mark in marks]
    SignInMark.objects.bulk_create(rows, ignore_conflicts=True)
