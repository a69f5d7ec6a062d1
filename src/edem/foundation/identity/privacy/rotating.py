"""Rotation of the vault's key: every sealed value moves to the current key, in portions, beside living traffic."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Final

from django.apps import apps
from django.db import models, transaction
from django.db.models import Q

from edem.foundation.identity.keys import Keyring, vault_keys
from edem.foundation.identity.sealed_field import SealedField
from edem.foundation.identity.sealing import VERSION_BYTES, Unsealable, seal, unseal, version_of

PORTION: Final = 500


@dataclass(frozen=True, kw_only=True)
class Rotated:
    """What one table's rotation came to; what does not open was sealed by a key that is not in the ring."""

    table: str
    resealed: int
    unopened: int


Told = Callable[[str, int], None]
"""Hears how many rows of a table are done so far."""


def sealed_columns() -> Mapping[type[models.Model], Sequence[SealedField]]:
    """Every table of the platform with sealed values, by the class of its columns."""
    found = {
        model: [field for field in options_of(model).concrete_fields if isinstance(field, SealedField)]
        for model in apps.get_models()
    }
    return {model: fields for model, fields in found.items() if fields}


def options_of(model: type[models.Model]) -> Any:
    return model._meta  # noqa: SLF001 - Django's public name, underscore or not


def rows_of(model: type[models.Model]) -> models.Manager[Any]:
    return model._default_manager  # noqa: SLF001 - the same


def rotate(*, told: Told, portion: int = PORTION) -> Sequence[Rotated]:
    """Each portion is a commit of its own: whoever is stopped begins again and finds only what is left."""
    return [_rotate_table(model, fields, told=told, portion=portion) for model, fields in sealed_columns().items()]


def _rotate_table(model: type[models.Model], fields: Sequence[SealedField], *, told: Told, portion: int) -> Rotated:
    table, done, unopened, last = options_of(model).db_table, 0, 0, None
    while rows := _portion(model, fields, after=last, portion=portion):
        done, unopened, last = done + rows.resealed, unopened + rows.unopened, rows.last
        told(table, done)
    return Rotated(table=table, resealed=done, unopened=unopened)


@dataclass(frozen=True, kw_only=True)
class _Portion:
    resealed: int
    unopened: int
    last: Any


@transaction.atomic(durable=True)
def _portion(model: type[models.Model], fields: Sequence[SealedField], *, after: Any, portion: int) -> _Portion | None:
    """The rows are locked before they are read: what somebody has just written is what is sealed anew."""
    ring = vault_keys()
    waiting = rows_of(model).filter(sealed_otherwise(fields, ring))
    if after is not None:
        waiting = waiting.filter(pk__gt=after)
    rows = list(waiting.select_for_update(of=("self",), no_key=True).order_by("pk")[:portion])
    opened = [row for row in rows if _reseal(row, fields, ring)]
    names = [*(field.name for field in fields), *_key_columns(model)]
    if opened:
        rows_of(model).bulk_update(opened, names)
    return _Portion(resealed=len(opened), unopened=len(rows) - len(opened), last=rows[-1].pk) if rows else None


def _reseal(row: models.Model, fields: Sequence[SealedField], ring: Keyring) -> bool:
    try:
        anew = dict(_resealed(row, fields, ring))
    except Unsealable:
        return False
    for name, sealed in anew.items():
        setattr(row, name, sealed)
    for name in _key_columns(type(row)):
        setattr(row, name, ring.current)
    return True


def _resealed(row: models.Model, fields: Sequence[SealedField], ring: Keyring) -> Iterator[tuple[str, bytes]]:
    for field in fields:
        sealed = bytes(getattr(row, field.attname) or b"")
        if sealed and version_of(sealed) != ring.current:
            place = field.place_of(row)
            yield field.name, seal(unseal(sealed, place=place, ring=ring, use=field.use), place=place, ring=ring,
                                   use=field.use)  # fmt: skip


def _key_columns(model: type[models.Model]) -> list[str]:
    """The vault's own rows say by which key they are sealed."""
    return ["key_version"] if options_of(model).label == "identity.VaultRecord" else []


def sealed_otherwise(fields: Sequence[SealedField], ring: Keyring) -> Q:
    """Rows of which a value is sealed by another key than the current one: its version stands before it."""
    return reduce(or_, (_sealed_by_another(field.name, ring.current) for field in fields))


def _sealed_by_another(name: str, current: int) -> Q:
    this, following = current.to_bytes(VERSION_BYTES, "big"), (current + 1).to_bytes(VERSION_BYTES, "big")
    return Q(**{f"{name}__gt": b"", f"{name}__lt": this}) | Q(**{f"{name}__gte": following})
