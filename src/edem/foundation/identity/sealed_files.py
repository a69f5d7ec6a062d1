"""Files with personal data: sealed in the storage by a key of their own, read only through whoever writes it down.

The key lies in the database, sealed by the installation's key: neither the database, nor the storage, nor their copies
tell anything alone, and with the key's row a file is gone from every old copy too.
"""

import logging
import os
from collections.abc import Callable
from datetime import datetime
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from edem.foundation.communities.models import Community
from edem.foundation.files.actions import lay_down_anew, store_made, store_upload
from edem.foundation.files.contents import open_with
from edem.foundation.files.models import StoredFile
from edem.foundation.files.queries import give_out_elsewhere
from edem.foundation.files.rules import ANY, Kind
from edem.foundation.identity.keys import LENGTH, vault_keys
from edem.foundation.identity.models import FileKey
from edem.foundation.identity.sealing import FILES, NONCE, Unsealable, seal, unseal
from edem.foundation.people.models import Person

_LOG = logging.getLogger(__name__)
_SEALED: Final[set[str]] = set()


def keep_sealed(purpose: str) -> str:
    """Files of this purpose are sealed, those of before by a job, and given out by nobody but their own pages."""
    give_out_elsewhere(purpose)
    _SEALED.add(purpose)
    return purpose


def lie_sealed(purpose: str) -> str:
    """Files of this purpose lie sealed all their life; who may read them sees them opened, at their usual address.

    So nothing has to be sealed or opened anew when a text is published, hidden or shown again.
    """
    open_with(opened, purpose=purpose)
    _SEALED.add(purpose)
    return purpose


def sealed_purposes() -> frozenset[str]:
    return frozenset(_SEALED)


def store_sealed(
    upload: "UploadedFile[bytes]",
    *,
    community: Community,
    owner: Person,
    purpose: str,
    now: datetime,
    accept: frozenset[Kind] = ANY,
) -> StoredFile:
    key = os.urandom(LENGTH)
    stored = store_upload(
        upload, community=community, owner=owner, purpose=purpose, now=now, accept=accept, seal=locking(key)
    )
    keep_key(stored, key)
    return stored


def store_made_sealed(
    content: bytes, *, name: str, kind: Kind, community: Community, purpose: str, now: datetime
) -> StoredFile:
    key = os.urandom(LENGTH)
    stored = store_made(content, name=name, kind=kind, community=community, purpose=purpose, now=now, seal=locking(key))
    keep_key(stored, key)
    return stored


def opened(stored: StoredFile) -> bytes:
    """Whoever calls it has written down who reads it; one of before the sealing is read as it lies."""
    with default_storage.open(stored.place) as file:
        content: bytes = file.read()
    row = FileKey.objects.filter(file=stored).order_by("file").first()
    if row is None:
        return content
    key = unseal(bytes(row.sealed), place=_place(row), ring=vault_keys(), use=FILES)
    try:
        return AESGCM(key).decrypt(content[:NONCE], content[NONCE:], None)
    except (InvalidTag, ValueError) as wrong:
        raise Unsealable from wrong


def seal_what_lies_open() -> int:
    """Files of before; each is a commit of its own, so whoever is stopped begins again."""
    found = StoredFile.objects.filter(purpose__in=_SEALED).exclude(pk__in=FileKey.objects.values("file"))
    waiting = list(found.order_by("created_at", "pk").values_list("pk", flat=True))
    return sum(_seal_lying(pk) for pk in waiting)


@transaction.atomic(durable=True)
def _seal_lying(file_id: UUID) -> bool:
    lying = StoredFile.objects.select_for_update(of=("self",)).filter(pk=file_id).order_by("pk").first()
    if lying is None or FileKey.objects.filter(file=lying).exists():
        return False
    try:
        with default_storage.open(lying.place) as file:
            content: bytes = file.read()
    except FileNotFoundError:
        _LOG.warning("The content of file %s is not in the storage: there is nothing to seal.", file_id)
        return False
    key = os.urandom(LENGTH)
    keep_key(lying, key)
    lay_down_anew(lying, locking(key)(content))
    return True


def locking(key: bytes) -> Callable[[bytes], bytes]:
    """No key locks a second file, so nothing needs to be bound to its name."""

    def lock(content: bytes) -> bytes:
        nonce = os.urandom(NONCE)
        return nonce + AESGCM(key).encrypt(nonce, content, None)

    return lock


def keep_key(stored: StoredFile, key: bytes) -> None:
    key_row(stored, key).save(force_insert=True)


def key_row(stored: StoredFile, key: bytes) -> FileKey:
    row = FileKey(file=stored)
    row.sealed = seal(key, place=_place(row), ring=vault_keys(), use=FILES)
    return row


def _place(row: FileKey) -> str:
    """As the rotation of keys names it."""
    return f"identity_filekey.sealed.{row.pk}"
