"""A new key of marks: all who are known by an older one get the new marks too, so that the older may go one day."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from edem.foundation.identity import vault
from edem.foundation.identity.keys import mark_keys
from edem.foundation.identity.marks import sign_in_marks
from edem.foundation.identity.models import SignInMark, VaultRecord
from edem.foundation.identity.privacy.rotating import Told
from edem.foundation.identity.purposes import ReadPurpose
from edem.foundation.people.models import Person

PORTION: Final = 200
_KINDS = (("tax", "tax_number"), ("unzr", "unzr"), ("doc", "document"))


def complete_marks(*, now: datetime, told: Told, portion: int = PORTION) -> int:
    """How many people got marks of the current key. Each portion is a commit; begun again it does what is left."""
    done = 0
    while people := _mark_portion(now=now, portion=portion):
        done += people
        told(SignInMark._meta.db_table, done)  # noqa: SLF001 - Django's public name
    return done


def known_by_older_marks_only() -> QuerySet[Person]:
    """People whom the current key does not find."""
    marks = SignInMark.objects.filter(person=OuterRef("pk"))
    current = marks.filter(key_version=mark_keys().current)
    return Person.objects.filter(Exists(marks) & ~Exists(current)).order_by("pk")


@transaction.atomic(durable=True)
def _mark_portion(*, now: datetime, portion: int) -> int:
    """Only people of whom the vault holds a number; the others keep the key that they were marked with."""
    held = VaultRecord.objects.filter(person=OuterRef("pk")).exclude(tax_number=b"", unzr=b"", document=b"")
    people = known_by_older_marks_only().filter(Exists(held)).select_for_update(of=("self",), no_key=True)
    chosen = list(people[:portion])
    for person in chosen:
        _mark(person, now=now)
    return len(chosen)


def _mark(person: Person, *, now: datetime) -> None:
    """A reading of the vault, and written down as one."""
    fields = tuple(field for _, field in _KINDS)
    known = vault.read(person, fields, purpose=ReadPurpose.MARKS, by=None, now=now)
    identifiers: Sequence[str] = [f"{kind}:{known[field]}" for kind, field in _KINDS if known[field]]
    marks = sign_in_marks(tuple(identifiers))
    rows = [SignInMark(person=person, key_version=mark.key_version, value=mark.value) for mark in marks]
    SignInMark.objects.bulk_create(rows, ignore_conflicts=True)
    vault.seal_facts(person, identifiers, born_on="", now=now)
