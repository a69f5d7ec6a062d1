"""Storing, keeping and removing files. They are parts of a service's own action and join its transaction."""

import hashlib
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from edem.foundation.communities.models import Community
from edem.foundation.files.models import Drawing, FileState, StoredFile
from edem.foundation.files.pictures import Drawn, drawn_anew
from edem.foundation.files.rules import (
    ANY,
    IMAGES,
    VIDEOS,
    Kind,
    check_may_take,
    is_without_room,
    megabytes_at_most,
    shown_name,
)
from edem.foundation.files.sightings import Sighting, sighting_of
from edem.foundation.files.upload import UnstoredUpload
from edem.foundation.files.videos import check_may_keep, video_kind
from edem.foundation.people.models import Person
from edem.kernel.errors import Invalid, Missing, Unavailable

Seal = Callable[[bytes], bytes]
"""How the content lies in the storage, where not as it is (`identity.sealed_files`)."""


def store_upload(
    upload: "UploadedFile[bytes]",
    *,
    community: Community,
    owner: Person,
    purpose: str,
    now: datetime,
    accept: frozenset[Kind] = ANY,
    seal: Seal | None = None,
) -> StoredFile:
    """Take what a person sent, if it is what it should be; private and forgotten in a day until it is kept."""
    check_arrived(upload, accept)
    if seal is None and accept & VIDEOS and upload.file is not None and video_kind(upload):
        return _store_video(upload, accept, community=community, owner=owner, purpose=purpose, now=now)
    upload.seek(0)
    content = upload.read()
    kind = check_may_take(content, accept=accept)
    if kind in IMAGES:
        drawn = drawn_anew(content, kind)
        content, kind = drawn.content, drawn.kind
    name = shown_name(upload.name or "", kind)
    return store_content(
        content, kind=kind, name=name, community=community, owner=owner, purpose=purpose, now=now, seal=seal
    )


@dataclass(frozen=True, kw_only=True)
class StoredPicture:
    """A picture that was taken in, and what it told before it was drawn anew."""

    file: StoredFile
    drawn: Drawn
    sighting: Sighting


def store_picture(
    upload: "UploadedFile[bytes]", *, community: Community, owner: Person | None, purpose: str, now: datetime
) -> StoredPicture:
    """As `store_upload`, for whoever needs to know where and when the photo was taken."""
    check_arrived(upload, IMAGES)
    content = upload.read()
    kind = check_may_take(content, accept=IMAGES)
    drawn = drawn_anew(content, kind)
    sighting = sighting_of(content, kind, now=now)
    name = shown_name(upload.name or "", drawn.kind)
    stored = store_drawn(drawn, name=name, community=community, owner=owner, purpose=purpose, now=now)
    return StoredPicture(file=stored, drawn=drawn, sighting=sighting)


def store_drawn(
    drawn: Drawn, *, name: str, community: Community, owner: Person | None, purpose: str, now: datetime
) -> StoredFile:
    return store_content(
        drawn.content, kind=drawn.kind, name=name, community=community, owner=owner, purpose=purpose, now=now
    )


def check_arrived(upload: "UploadedFile[bytes]", accept: frozenset[Kind]) -> None:
    if isinstance(upload, UnstoredUpload):
        raise Unavailable("files.no_room")
    if (upload.size or 0) > megabytes_at_most(accept) * 1024 * 1024:
        raise Invalid("files.too_big", megabytes=megabytes_at_most(accept))


def store_made(
    content: bytes,
    *,
    name: str,
    kind: Kind,
    community: Community,
    purpose: str,
    now: datetime,
    seal: Seal | None = None,
) -> StoredFile:
    """Keep what the platform made itself: a document, an export."""
    name = shown_name(name, kind)
    stored = store_content(
        content, kind=kind, name=name, community=community, owner=None, purpose=purpose, now=now, seal=seal
    )
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


def disown_files(file_ids: list[UUID]) -> None:
    """Whoever sent them has left: the files stay, and are nobody's."""
    StoredFile.objects.filter(pk__in=file_ids).update(owner=None)


def hand_on_files(file_ids: list[UUID], *, owner_id: UUID) -> None:
    """Two accounts are one person, or are two again: the files go with what they belong to."""
    StoredFile.objects.filter(pk__in=file_ids).update(owner_id=owner_id)


def remove_files(file_ids: list[UUID]) -> None:
    """The rows go now, the content after the commit: a rollback loses nothing."""
    doomed = StoredFile.objects.filter(pk__in=file_ids)
    for places in list(doomed.order_by("pk").values_list("place", "small_place")):
        for place in filter(None, places):
            transaction.on_commit(partial(default_storage.delete, place))
    doomed.delete()


def _store_video(
    upload: "UploadedFile[bytes]",
    accept: frozenset[Kind],
    *,
    community: Community,
    owner: Person | None,
    purpose: str,
    now: datetime,
) -> StoredFile:
    """Never wholly in memory."""
    size = upload.size or 0
    kind = check_may_keep(upload, size=size, accept=accept)
    upload.seek(0)
    sha256 = hashlib.file_digest(upload, "sha256").hexdigest()
    stored = StoredFile(id=uuid.uuid4(), community=community, owner=owner, purpose=purpose, kind=kind, created_at=now)
    stored.name, stored.size, stored.sha256 = shown_name(upload.name or "", kind), size, sha256
    upload.seek(0)
    stored.place = lay_content(upload, f"uploads/{now:%Y/%m/%d}/{stored.id}.{kind}")
    stored.save(force_insert=True)
    return stored


def lay_down_anew(stored: StoredFile, content: bytes) -> None:
    """The same file, lying in the storage in another way; the former content goes after the commit."""
    former = stored.place
    stored.place = lay_content(ContentFile(content), f"{former}.anew")
    stored.save(update_fields=["place"])
    transaction.on_commit(partial(default_storage.delete, former))


def store_content(
    content: bytes,
    *,
    kind: Kind,
    name: str,
    community: Community,
    owner: Person | None,
    purpose: str,
    now: datetime,
    seal: Seal | None = None,
    drawing: Drawing = Drawing.DONE,
) -> StoredFile:
    stored = StoredFile(community=community, owner=owner, purpose=purpose, name=name, kind=kind, created_at=now)
    stored.drawing = drawing
    lay_new(stored, content, seal=seal)
    stored.save(force_insert=True)
    return stored


def lay_new(stored: StoredFile, content: bytes, *, seal: Seal | None) -> None:
    """Lay the content down; whoever calls it writes the row."""
    stored.size = len(content)
    # An original is given to nobody, so nobody asks for it by its mark; a storm brings many of them.
    stored.sha256 = hashlib.sha256(content).hexdigest() if stored.drawing == Drawing.DONE else ""
    # The day in the place lets the cleaning job find what a rolled back transaction left behind.
    laid = ContentFile(seal(content) if seal else content)
    stored.place = lay_content(laid, f"uploads/{stored.created_at:%Y/%m/%d}/{stored.pk}.{stored.kind}")


def lay_content(content: "File[bytes]", place: str) -> str:
    try:
        return default_storage.save(place, content)
    except OSError as full:
        with suppress(OSError):
            default_storage.delete(place)  # what fitted of it
        if not is_without_room(full):
            raise
        raise Unavailable("files.no_room") from full
