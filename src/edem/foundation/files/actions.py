"""Storing, keeping and removing files. They are parts of a service's own action and join its transaction."""

import hashlib
import uuid
from contextlib import suppress
from datetime import datetime
from functools import partial
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from edem.foundation.communities.models import Community
from edem.foundation.files.models import FileState, StoredFile
from edem.foundation.files.pictures import redrawn
from edem.foundation.files.rules import (
    ANY,
    IMAGES,
    Kind,
    check_may_take,
    is_without_room,
    megabytes_at_most,
    shown_name,
)
from edem.foundation.files.upload import UnstoredUpload
from edem.foundation.people.models import Person
from edem.kernel.errors import Invalid, Missing, Unavailable


def store_upload(
    upload: "UploadedFile[bytes]",
    *,
    community: Community,
    owner: Person,
    purpose: str,
    now: datetime,
    accept: frozenset[Kind] = ANY,
) -> StoredFile:
    """Take what a person sent, if it is what it should be; private and forgotten in a day until it is kept."""
    if isinstance(upload, UnstoredUpload):
        raise Unavailable("files.no_room")
    if (upload.size or 0) > megabytes_at_most(accept) * 1024 * 1024:
        raise Invalid("files.too_big", megabytes=megabytes_at_most(accept))
    content = upload.read()
    kind = check_may_take(content, accept=accept)
    if kind in IMAGES:
        content = redrawn(content, kind)
    name = shown_name(upload.name or "", kind)
    return _store(content, kind=kind, name=name, community=community, owner=owner, purpose=purpose, now=now)


def store_made(
    content: bytes, *, name: str, kind: Kind, community: Community, purpose: str, now: datetime
) -> StoredFile:
    """Keep what the platform made itself: a document, an export."""
    shown = shown_name(name, kind)
    stored = _store(content, kind=kind, name=shown, community=community, owner=None, purpose=purpose, now=now)
    keep_files([stored.pk], community_id=community.pk, owner_id=None)
    return stored


def keep_files(file_ids: list[UUID], *, community_id: int, owner_id: UUID | None) -> None:
    """Make them part of an item: only the owner's own, only in their community."""
    own = StoredFile.objects.filter(pk__in=file_ids, community_id=community_id, owner=owner_id)
    if own.update(state=FileState.KEPT) != len(set(file_ids)):
        raise Missing("files.no_such_file")


def publish_files(file_ids: list[UUID]) -> None:
    """From now on anyone may read them."""
    StoredFile.objects.filter(pk__in=file_ids, state=FileState.KEPT).update(is_public=True)


def withdraw_files(file_ids: list[UUID]) -> None:
    """From now on only the owner and the staff may read them."""
    StoredFile.objects.filter(pk__in=file_ids).update(is_public=False)


def remove_files(file_ids: list[UUID]) -> None:
    """The rows go now, the content after the commit: a rollback loses nothing."""
    doomed = StoredFile.objects.filter(pk__in=file_ids)
    for place in list(doomed.order_by("pk").values_list("place", flat=True)):
        transaction.on_commit(partial(default_storage.delete, place))
    doomed.delete()


def _store(
    content: bytes, *, kind: Kind, name: str, community: Community, owner: Person | None, purpose: str, now: datetime
) -> StoredFile:
    stored = StoredFile(
        id=uuid.uuid4(),
        community=community,
        owner=owner,
        purpose=purpose,
        name=name,
        kind=kind,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        created_at=now,
    )
    # The day in the place lets the cleaning job find what a rolled back transaction left behind.
    stored.place = _laid_down(content, f"uploads/{now:%Y/%m/%d}/{stored.id}.{kind}")
    stored.save(force_insert=True)
    return stored


def _laid_down(content: bytes, place: str) -> str:
    try:
        return default_storage.save(place, ContentFile(content))
    except OSError as full:
        with suppress(OSError):
            default_storage.delete(place)  # what fitted of it
        if not is_without_room(full):
            raise
        raise Unavailable("files.no_room") from full
