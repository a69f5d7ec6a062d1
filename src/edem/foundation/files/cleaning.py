"""Removes what nobody keeps: uploads that were never attached, and content whose transaction was rolled back."""

from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.db import transaction

from edem.foundation.files.actions import remove_files
from edem.foundation.files.models import FileState, StoredFile

FORGOTTEN_AFTER = timedelta(days=1)
_DAYS_LOOKED_BACK = range(2, 9)
_AT_ONCE = 500


def remove_forgotten_files(*, now: datetime) -> int:
    forgotten = StoredFile.objects.filter(state=FileState.NEW, created_at__lt=now - FORGOTTEN_AFTER)
    removed = 0
    while ids := list(forgotten.order_by("created_at", "pk").values_list("pk", flat=True)[:_AT_ONCE]):
        with transaction.atomic(durable=True):
            remove_files(ids)
        removed += len(ids)
    return removed


def remove_lost_content(*, now: datetime) -> int:
    """Look through the folders of the last days; the youngest may still belong to a running transaction."""
    return sum(_clean_folder(f"uploads/{now - timedelta(days=ago):%Y/%m/%d}") for ago in _DAYS_LOOKED_BACK)


def _clean_folder(folder: str) -> int:
    try:
        _, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return 0
    places = {f"{folder}/{name}" for name in names}
    known = StoredFile.objects.filter(place__in=places).order_by("pk").values_list("place", flat=True)
    lost = places - set(known)
    for place in lost:
        default_storage.delete(place)
    return len(lost)
