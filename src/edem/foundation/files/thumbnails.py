"""Small pictures for lists and the map: made by a job, shown instead of the great ones."""

from io import BytesIO
from typing import Final
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from PIL import Image

from edem.foundation.events.announcing import announce
from edem.foundation.files.events import PictureKept
from edem.foundation.files.models import Drawing, StoredFile
from edem.foundation.files.pictures import opened
from edem.foundation.files.rules import IMAGES, Kind

SIDE: Final = 480
_QUALITY: Final = 72
CONTENT_TYPE: Final = "image/webp"


def ask_thumbnails(file_ids: list[UUID]) -> None:
    """Part of the action that keeps the pictures."""
    pictures = StoredFile.objects.filter(pk__in=file_ids, kind__in=IMAGES, drawing=Drawing.DONE).order_by("pk")
    announce(*(PictureKept(file_id=pk) for pk in pictures.values_list("pk", flat=True)))


def draw_thumbnail(file_id: UUID) -> None:
    """Again over the same place: a job that was broken off leaves nothing behind."""
    stored = StoredFile.objects.filter(pk=file_id).order_by("pk").first()
    if stored is None or stored.kind not in IMAGES or stored.drawing != Drawing.DONE:
        return
    with default_storage.open(stored.place) as file:
        small = small_of(file.read(), Kind(stored.kind))
    place = place_of_small(stored)
    default_storage.delete(place)
    laid = default_storage.save(place, ContentFile(small))
    with transaction.atomic(durable=True):
        if not StoredFile.objects.filter(pk=file_id).update(small_place=laid):
            default_storage.delete(laid)  # the picture was removed meanwhile


def place_of_small(stored: StoredFile) -> str:
    return f"small/{stored.created_at:%Y/%m/%d}/{stored.pk}.webp"


def small_of(content: bytes, kind: Kind) -> bytes:
    with opened(content, kind) as picture:
        picture.draft("RGB", (SIDE * 2, SIDE * 2))
        return packed_small(made_small(picture))


def made_small(picture: Image.Image) -> Image.Image:
    small = picture.convert("RGB")
    small.thumbnail((SIDE, SIDE))
    small.info.clear()
    return small


def packed_small(small: Image.Image) -> bytes:
    drawn = BytesIO()
    small.save(drawn, "WEBP", quality=_QUALITY, method=4)
    return drawn.getvalue()
