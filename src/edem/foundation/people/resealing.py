"""Rotation of the key reaches what staff sign in by, and every column of sealed text that a service names."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.exceptions import InvalidTag
from django.apps import apps
from django.db import models, transaction

from edem.foundation.people.models import OutsideProvider
from edem.foundation.people.sealing import (
    COLUMNS,
    OUTSIDE,
    PLACE,
    SealedColumn,
    is_sealed_anew,
    open_text,
    seal_text,
)

SECRETS = ("secret", "seed")
"""Of an authenticator app and of recovery codes; a passkey has no secret on our side."""
Told = Callable[[str, int], None]


def reseal_secrets(*, told: Told) -> int:
    """Each row is a commit of its own; gives how many did not open, because their key is not in the ring."""
    unopened = 0
    for model, reseal in _sealed():
        done = 0
        for pk in model._default_manager.order_by("pk").values_list("pk", flat=True):  # noqa: SLF001
            outcome = _reseal_row(model, pk, reseal)
            done, unopened = done + (outcome is True), unopened + (outcome is None)
        if done:
            told(model._meta.db_table, done)  # noqa: SLF001 - Django's public name
    return unopened


def secrets_left_behind() -> int:
    """How many are still sealed by an earlier key: while there are any, it must not be taken away."""
    kept = [*_authenticator_secrets(), *_provider_secrets(), *_column_secrets()]
    return sum(not is_sealed_anew(sealed, place=place) for sealed, place in kept)


@transaction.atomic(durable=True)
def _reseal_row(model: type[models.Model], pk: Any, reseal: Callable[[Any], bool]) -> bool | None:
    row = model._default_manager.select_for_update(of=("self",)).filter(pk=pk).order_by("pk").first()  # noqa: SLF001
    with suppress(InvalidTag):
        return row is not None and reseal(row)
    return None


def _sealed() -> Iterator[tuple[type[models.Model], Callable[[Any], bool]]]:
    yield Authenticator, _resealed_authenticator
    yield OutsideProvider, _resealed_provider
    for each in sorted(COLUMNS, key=lambda column: (column.model, column.column)):
        yield apps.get_model(each.model), partial(_resealed_column, each)


def _resealed_column(column: SealedColumn, row: models.Model) -> bool:
    sealed = getattr(row, column.column)
    if not sealed or is_sealed_anew(sealed, place=column.place):
        return False
    setattr(row, column.column, seal_text(open_text(sealed, place=column.place), place=column.place))
    row.save(update_fields=[column.column])
    return True


def _resealed_authenticator(row: Authenticator) -> bool:
    stale = [name for name in SECRETS if name in row.data and not is_sealed_anew(row.data[name], place=PLACE)]
    row.data = row.data | {name: seal_text(open_text(row.data[name])) for name in stale}
    if stale:
        row.save(update_fields=["data"])
    return bool(stale)


def _resealed_provider(row: OutsideProvider) -> bool:
    if is_sealed_anew(row.secret, place=OUTSIDE):
        return False
    row.secret = seal_text(open_text(row.secret, place=OUTSIDE), place=OUTSIDE)
    row.save(update_fields=["secret"])
    return True


def _authenticator_secrets() -> Iterator[tuple[str, bytes]]:
    for data in Authenticator.objects.order_by("pk").values_list("data", flat=True):
        yield from ((data[name], PLACE) for name in SECRETS if name in data)


def _provider_secrets() -> Iterator[tuple[str, bytes]]:
    for secret in OutsideProvider.objects.order_by("pk").values_list("secret", flat=True):
        yield secret, OUTSIDE


def _column_secrets() -> Iterator[tuple[str, bytes]]:
    for each in COLUMNS:
        model: Any = apps.get_model(each.model)
        kept = model.objects.order_by("pk").exclude(**{each.column: ""}).values_list(each.column, flat=True)
        yield from ((sealed, each.place) for sealed in kept)
