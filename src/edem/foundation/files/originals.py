"""Pictures taken in as they came, by cheap checks alone, and drawn anew by a job; nobody ever sees the originals."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from edem.foundation.communities.models import Community
from edem.foundation.files.actions import Seal, check_arrived, lay_content, store_content
from edem.foundation.files.likeness import likeness_in
from edem.foundation.files.looking import looked_over
from edem.foundation.files.models import Drawing, StoredFile
from edem.foundation.files.pictures import Drawn, saved, upright_of
from edem.foundation.files.rules import IMAGES, Kind, shown_name
from edem.foundation.files.sightings import Sighting
from edem.foundation.files.thumbnails import made_small, packed_small, place_of_small
from edem.foundation.people.models import Person


@dataclass(frozen=True, kw_only=True)
class Original:
    file: StoredFile
    sighting: Sighting


def store_original(
    upload: "UploadedFile[bytes]",
    *,
    community: Community,
    owner: Person | None,
    purpose: str,
    now: datetime,
    seal: Seal,
) -> Original:
    """As `store_picture`, at once: whoever keeps it asks for `lay_drawn` later."""
    check_arrived(upload, IMAGES)
    content = upload.read()
    looked = looked_over(content, now=now)
    stored = store_content(
        content,
        kind=looked.kind,
        name=shown_name(upload.name or "", looked.kind),
        community=community,
        owner=owner,
        purpose=purpose,
        now=now,
        seal=seal,
        drawing=Drawing.WAITING,
    )
    return Original(file=stored, sighting=looked.sighting)


@dataclass(frozen=True, kw_only=True)
class Anew:
    """Everything that is made of an original."""

    drawn: Drawn
    small: bytes
    likeness: int | None


def made_anew(content: bytes, kind: Kind) -> Anew:
    """It takes long: nobody holds a lock meanwhile. Unpacked once, for all that is made of it."""
    picture, kept = upright_of(content, kind)
    small = made_small(picture)
    return Anew(drawn=saved(picture, kept), small=packed_small(small), likeness=likeness_in(small))


def lay_drawn(stored: StoredFile, anew: Anew) -> None:
    """Part of the caller's transaction: the same file from now on is the picture, and its original goes for good."""
    drawn = anew.drawn
    _forget_after_commit(stored.place)
    day = f"{stored.created_at:%Y/%m/%d}"
    stored.place = lay_content(ContentFile(drawn.content), f"uploads/{day}/{stored.pk}.drawn.{drawn.kind}")
    small = place_of_small(stored)
    default_storage.delete(small)
    stored.small_place = lay_content(ContentFile(anew.small), small)
    stored.kind, stored.name = drawn.kind, shown_name(stored.name, drawn.kind)
    stored.size, stored.sha256 = len(drawn.content), hashlib.sha256(drawn.content).hexdigest()
    stored.drawing = Drawing.DONE
    stored.save(update_fields=["place", "small_place", "kind", "name", "size", "sha256", "drawing"])


def give_up_drawing(stored: StoredFile) -> None:
    """The row stays to tell its owner; the content that nothing can open does not."""
    _forget_after_commit(stored.place)
    stored.drawing = Drawing.BROKEN
    stored.save(update_fields=["drawing"])


def _forget_after_commit(place: str) -> None:
    transaction.on_commit(partial(default_storage.delete, place))
