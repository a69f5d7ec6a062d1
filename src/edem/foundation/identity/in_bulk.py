"""The vault's rows for thousands of people at once: the sample community and load runs fill it through this door."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Model

from edem.foundation.identity.claims import Claims
from edem.foundation.identity.keys import vault_keys
from edem.foundation.identity.marks import act_marks, mark_for
from edem.foundation.identity.models import SealedFacts, SignInMark, VaultReading, VaultRecord
from edem.foundation.identity.purposes import FIELDS, MarkPurpose, ReadPurpose
from edem.foundation.identity.sealed_field import SealedField
from edem.foundation.identity.sealing import seal
from edem.foundation.people.models import Person


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    person: Person
    claims: Claims
    at: datetime


def vault_rows(newcomers: Iterable[Newcomer]) -> Iterator[tuple[type[Model], Iterable[Model]]]:
    """Table by table, sealed as the vault itself does it; a test opens them through the vault's own door."""
    people = list(newcomers)
    yield VaultRecord, (_record(each) for each in people)
    yield SealedFacts, (_facts(each) for each in people)
    yield SignInMark, (mark for each in people for mark in _marks(each))


def letters_read(addressees: Iterable[tuple[UUID, datetime]]) -> None:
    """As many readings of an address as letters were written."""
    VaultReading.objects.bulk_create(
        VaultReading(person_id=person_id, purpose=ReadPurpose.MAIL, fields=["email"], at=at)
        for person_id, at in addressees
    )


def _record(one: Newcomer) -> VaultRecord:
    record = VaultRecord(
        person=one.person, key_version=vault_keys().current, source=one.claims.method, updated_at=one.at
    )
    said = one.claims.as_mapping()
    for field in FIELDS:
        setattr(record, field, _sealed(record, field, said[field].encode()) if said[field] else b"")
    return record


def _facts(one: Newcomer) -> SealedFacts:
    facts = dict(act_marks(one.claims.identifiers[0])) | {"born_on": one.claims.born_on}
    row = SealedFacts(person=one.person, sealed_at=one.at)
    row.sealed = _sealed(row, "sealed", json.dumps(facts).encode())
    return row


def _marks(one: Newcomer) -> Iterator[SignInMark]:
    for identifier in one.claims.identifiers:
        mark = mark_for(identifier, MarkPurpose.SIGN_IN)
        yield SignInMark(person=one.person, key_version=mark.key_version, value=mark.value)


def _sealed(row: Model, name: str, plain: bytes) -> bytes:
    field = row._meta.get_field(name)  # noqa: SLF001 - Django's public name
    assert isinstance(field, SealedField)
    return seal(plain, place=field.place_of(row), ring=vault_keys(), use=field.use)
