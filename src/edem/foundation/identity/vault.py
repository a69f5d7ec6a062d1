"""The vault's only door: what identifies a person goes in and comes out here, sealed, by purpose, with a trace."""

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from edem.foundation.identity.claims import Claims
from edem.foundation.identity.keys import vault_keys
from edem.foundation.identity.marks import act_marks
from edem.foundation.identity.models import SealedFacts, VaultRecord
from edem.foundation.identity.purposes import ALLOWED, FIELDS, NOTHING_IN_PARTICULAR, About, ReadPurpose
from edem.foundation.identity.reading import write_down
from edem.foundation.identity.sealing import seal, unseal
from edem.foundation.people.models import Person
from edem.kernel.errors import Missing, NotAllowed

_TELLS_APART: Final = ("tax_number", "unzr", "born_on")
"""What a person has one of, the strongest first; documents are changed."""
_ERASED: Final = "erased"
"""Among the facts of somebody who has withdrawn their consent."""


def store(person: Person, claims: Claims, *, now: datetime) -> None:
    """Part of an action that holds the person's lock. A field the provider was silent about keeps what it had."""
    found = VaultRecord.objects.select_for_update(of=("self",)).filter(person=person).order_by("pk").first()
    record = found or VaultRecord(person=person)
    said = claims.as_mapping()
    for field in FIELDS:
        known = _open(record, field)
        setattr(record, field, _sealed(record, field, said[field] or known))
    record.key_version, record.source, record.updated_at = vault_keys().current, claims.method, now
    record.save(force_insert=found is None)


def holds(person: Person) -> bool:
    return VaultRecord.objects.filter(person=person).exists()


def is_of_another(person: Person, claims: Claims) -> bool:
    """By the strongest of what both sides know; nothing is shown to anyone, so no reading is logged."""
    record = VaultRecord.objects.filter(person=person).order_by("pk").first()
    if record is None:
        return False
    for field in _TELLS_APART:
        told, known = claims.as_mapping()[field], _open(record, field)
        if told and known:
            return told != known
    return False


def confirmed_since(person: Person, moment: datetime) -> bool:
    """Whether an identification has brought the data anew after that moment."""
    return VaultRecord.objects.filter(person=person, updated_at__gt=moment).exists()


def read(
    person: Person,
    fields: Collection[str],
    *,
    purpose: ReadPurpose,
    by: Person | None,
    now: datetime,
    reason: str = "",
    about: About = NOTHING_IN_PARTICULAR,
) -> Mapping[str, str]:
    """The asked fields in clear, if the purpose opens them; the reading is logged and shown to the person."""
    own = purpose in {ReadPurpose.OWNER, ReadPurpose.EXPORT}
    if not set(fields) <= ALLOWED[purpose] or (own and by != person):
        raise NotAllowed("identity.purpose_does_not_open")
    record = VaultRecord.objects.filter(person=person).order_by("pk").first()
    if record is None:
        raise Missing("identity.nothing_held")
    write_down([person.pk], fields, purpose=purpose, by=by, now=now, reason=reason, about=about)
    return {field: _open(record, field) for field in FIELDS if field in fields}


def erase(person: Person) -> None:
    """Everything that identifies the person; the readings stay, for they are the person's own to see.

    The act marks stay sealed: who came back with another document would otherwise sign twice (decision 0014).
    """
    VaultRecord.objects.filter(person=person).delete()
    row = SealedFacts.objects.select_for_update(of=("self",)).filter(person=person).order_by("pk").first()
    if row is not None:
        row.sealed = _sealed_facts(person, _marks_of(_facts_in(row)) | {_ERASED: "1"})
        row.save(update_fields=["sealed"])


def seal_facts(person: Person, identifiers: Iterable[str], *, born_on: str, now: datetime) -> Mapping[str, str]:
    """Keep the act marks and the day of birth. A mark once made stays: uniqueness in running subjects rests on it."""
    kept = _all_facts_of(person)
    marks = dict(act_marks(next(iter(identifiers)))) | _marks_of(kept)
    facts = marks | {"born_on": born_on or kept.get("born_on", "")}
    row = SealedFacts(person=person, sealed=_sealed_facts(person, facts), sealed_at=now)
    SealedFacts.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["person"], update_fields=["sealed", "sealed_at"]
    )
    return facts


def facts_of(person: Person) -> dict[str, str]:
    """The sealed facts, for marks and ages; nothing of them is shown to anyone, so no reading is logged."""
    facts = _all_facts_of(person)
    return {} if _ERASED in facts else facts


def kept_marks_of(person: Person) -> dict[str, str]:
    """The act marks alone, of those too who have withdrawn their consent: for counting them once, and nothing else."""
    return _marks_of(_all_facts_of(person))


def _all_facts_of(person: Person) -> dict[str, str]:
    row = SealedFacts.objects.filter(person=person).order_by("pk").first()
    return _facts_in(row) if row is not None else {}


def _facts_in(row: SealedFacts) -> dict[str, str]:
    facts: dict[str, str] = json.loads(unseal(bytes(row.sealed), place=_facts_place(row.pk), ring=vault_keys()))
    return facts


def _sealed_facts(person: Person, facts: Mapping[str, str]) -> bytes:
    return seal(json.dumps(facts).encode(), place=_facts_place(person.pk), ring=vault_keys())


def _marks_of(facts: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in facts.items() if "/" in name}


def _facts_place(person_id: UUID) -> str:
    return f"identity_sealedfacts.sealed.{person_id}"


def _place(record: VaultRecord, field: str) -> str:
    return f"identity_vaultrecord.{field}.{record.pk}"


def _sealed(record: VaultRecord, field: str, text: str) -> bytes:
    return seal(text.encode(), place=_place(record, field), ring=vault_keys()) if text else b""


def _open(record: VaultRecord, field: str) -> str:
    sealed = bytes(getattr(record, field))
    return unseal(sealed, place=_place(record, field), ring=vault_keys()).decode() if sealed else ""
