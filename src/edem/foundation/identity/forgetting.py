"""What goes with a consent besides the vault: the name, the sign-ins, the words of requests (decision 0014)."""

from datetime import datetime
from typing import Final

from edem.foundation.identity.correction_rules import Decision
from edem.foundation.identity.models import Correction, SignIn
from edem.foundation.people.models import Person
from edem.kernel.ukrainian import N_, sort_key

NAMELESS: Final = N_("Дані видалено")
"""Stands where the name stood. What the law makes public keeps the name it was made public with."""


def forget_name(person: Person) -> None:
    """A member of staff keeps theirs: who acted for the council is public."""
    if not person.is_staff:
        person.display_name, person.name_key = NAMELESS, sort_key(NAMELESS)
        person.save(update_fields=["display_name", "name_key"])


def forget_sign_ins(person: Person) -> None:
    """After the sessions are ended: their list was for the person alone."""
    SignIn.objects.filter(person=person, ended_at__isnull=False).delete()


def forget_corrections(person: Person, *, now: datetime) -> None:
    """There is nothing left to correct."""
    waiting = Correction.objects.filter(person=person, decision=Decision.WAITING)
    waiting.update(decision=Decision.TAKEN_BACK, decided_at=now, words=b"")
