"""Pictures as they came, with the place, the camera and whatever face they show: sealed until they are drawn anew."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile

from edem.foundation.communities.models import Community
from edem.foundation.files.actions import lay_new
from edem.foundation.files.models import Drawing, FileState, StoredFile
from edem.foundation.files.originals import Anew, Original, give_up_drawing, lay_drawn, made_anew, store_original
from edem.foundation.files.rules import Kind, shown_name
from edem.foundation.files.storage import written_out_together
from edem.foundation.identity.keys import LENGTH
from edem.foundation.identity.models import FileKey
from edem.foundation.identity.sealed_files import keep_key, key_row, locking, opened
from edem.foundation.people.models import Person
from edem.kernel.errors import Invalid


def store_sealed_original(
    upload: "UploadedFile[bytes]", *, community: Community, owner: Person | None, purpose: str, now: datetime
) -> Original:
    key = os.urandom(LENGTH)
    original = store_original(upload, community=community, owner=owner, purpose=purpose, now=now, seal=locking(key))
    keep_key(original.file, key)
    return original


@dataclass(frozen=True, kw_only=True)
class Arrived:
    """A picture that was looked over and comes with many others."""

    content: bytes = field(repr=False)
    kind: Kind
    name: str
    community_id: int
    owner_id: UUID
    purpose: str
    at: datetime


def store_sealed_originals(batch: Sequence[Arrived]) -> list[StoredFile]:
    """Part of the caller's transaction: two statements for all of them, in their order; kept from the beginning."""
    with written_out_together():
        laid = [laid_sealed(each) for each in batch]
    StoredFile.objects.bulk_create([stored for stored, _ in laid])
    FileKey.objects.bulk_create([key for _, key in laid])
    return [stored for stored, _ in laid]


def laid_sealed(each: Arrived) -> tuple[StoredFile, FileKey]:
    stored = StoredFile(
        community_id=each.community_id,
        owner_id=each.owner_id,
        purpose=each.purpose,
        name=shown_name(each.name, each.kind),
        kind=each.kind,
        created_at=each.at,
        state=FileState.KEPT,
        drawing=Drawing.WAITING,
    )
    key = os.urandom(LENGTH)
    lay_new(stored, each.content, seal=locking(key))
    return stored, key_row(stored, key)


def made_from(stored: StoredFile) -> Anew | None:
    """None for what cannot be drawn."""
    try:
        return made_anew(opened(stored), Kind(stored.kind))
    except Invalid:
        return None


def settle_drawing(stored: StoredFile, anew: Anew | None) -> None:
    """Part of the caller's transaction, on a locked row: the original and its key go, whatever became of it."""
    if anew is None:
        give_up_drawing(stored)
    else:
        lay_drawn(stored, anew)
    FileKey.objects.filter(file=stored).delete()
