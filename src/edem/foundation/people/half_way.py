"""Sign-ins that are half way: begun by the first factor, finished by the second, ended by whoever ends the sessions."""

import uuid
from datetime import datetime, timedelta

from allauth.account import app_settings
from django.db.models import QuerySet

from edem.foundation.people.models import HalfSignIn, Person
from edem.foundation.people.outside.flow import hash_there


def begin_half_way(person: Person, *, through: str, named: str, now: datetime) -> str:
    """Write it down; its number goes into the browser's session."""
    HalfSignIn.objects.filter(until__lte=now).delete()
    begun = HalfSignIn.objects.create(
        person=person,
        through=through,
        session_there=hash_there(through, named) if through and named else "",
        until=now + timedelta(seconds=app_settings.LOGIN_TIMEOUT),
    )
    return str(begun.pk)


def is_half_way(number: str, *, now: datetime) -> bool:
    return _standing(number, now=now).exists()


def finish_half_way(person: Person, number: str, *, now: datetime) -> bool:
    """Within the transaction that makes the session: of this and an end at the same moment one waits for the other."""
    hold_sign_ins_of(person.pk)
    finished, _ = _standing(number, now=now).filter(person=person, person__is_active=True).delete()
    return finished > 0


def end_half_way(person: Person) -> None:
    HalfSignIn.objects.filter(person=person).delete()


def hold_sign_ins_of(*people: uuid.UUID) -> None:
    """Until the end of the transaction nobody else opens or ends a sign-in of theirs."""
    held = Person.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=people)
    list(held.order_by("pk").values_list("pk", flat=True))


def _standing(number: str, *, now: datetime) -> "QuerySet[HalfSignIn]":
    try:
        return HalfSignIn.objects.filter(pk=uuid.UUID(number), until__gt=now)
    except ValueError:
        return HalfSignIn.objects.none()
