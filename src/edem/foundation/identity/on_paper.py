"""People whom only a number on paper names: the same mark as if they had signed in, and the number sealed till then."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from edem.foundation.identity import vault
from edem.foundation.identity.claims import identifiers_of
from edem.foundation.identity.facts import mark_of
from edem.foundation.identity.keys import vault_keys
from edem.foundation.identity.marks import Mark, mark_for, name_of, sign_in_marks
from edem.foundation.identity.models import SignInMark
from edem.foundation.identity.purposes import MarkPurpose
from edem.foundation.identity.sealing import ON_PAPER, seal, unseal
from edem.foundation.people.models import Person
from edem.kernel.errors import NotAllowed


@dataclass(frozen=True, kw_only=True)
class OnPaper:
    """Who stands behind a number: their mark and, once they have signed in here, who they are."""

    mark: bytes
    person_id: UUID | None


def seal_number(number: str, *, place: str) -> bytes:
    return seal(number.encode(), place=place, ring=vault_keys(), use=ON_PAPER) if number else b""


def unseal_number(sealed: "bytes | memoryview[int]", *, place: str) -> str:
    return unseal(bytes(sealed), place=place, ring=vault_keys(), use=ON_PAPER).decode() if sealed else ""


def people_on_paper(
    numbers: Collection[str], purpose: MarkPurpose, *, key_version: int, now: datetime
) -> Mapping[str, OnPaper]:
    """For each readable number its mark. Whoever has signed in before keeps the one made then, by whatever number."""
    identified = {number: identifiers[0] for number in numbers if (identifiers := identifiers_of(number))}
    known = _people_with(identified.values())
    return {
        number: _on_paper(identifier, known.get(identifier), purpose, key_version=key_version, now=now)
        for number, identifier in identified.items()
    }


def _on_paper(
    identifier: str, person: Person | None, purpose: MarkPurpose, *, key_version: int, now: datetime
) -> OnPaper:
    mark = _kept_mark(person, purpose, key_version=key_version, now=now) if person else None
    mark = mark or mark_for(identifier, purpose, key_version=key_version)
    return OnPaper(mark=mark.value, person_id=person.pk if person else None)


def _kept_mark(person: Person, purpose: MarkPurpose, *, key_version: int, now: datetime) -> Mark | None:
    """Of somebody who withdrew their consent too: a mark once made counts them once, whatever number they show."""
    try:
        return mark_of(person, purpose, now=now, key_version=key_version)
    except NotAllowed:
        kept = vault.kept_marks_of(person).get(name_of(purpose, key_version))
        return Mark(bytes.fromhex(kept), key_version) if kept else None


def _people_with(identifiers: Collection[str]) -> Mapping[str, Person]:
    by_mark = {(mark.key_version, mark.value): one for one in identifiers for mark in sign_in_marks((one,))}
    marks = SignInMark.objects.filter(value__in=[value for _, value in by_mark]).select_related("person").order_by("pk")
    found = {(row.key_version, bytes(row.value)): row.person for row in marks}
    return {by_mark[key]: person for key, person in found.items() if key in by_mark}
