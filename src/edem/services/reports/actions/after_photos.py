"""Photos of the work: from the worker, the executor, a contractor by a link, or a letter."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.files.actions import StoredPicture, keep_files, publish_files, store_picture
from edem.foundation.files.likeness import likeness_of
from edem.foundation.files.models import Drawing
from edem.foundation.files.thumbnails import ask_thumbnails
from edem.foundation.identity.sealed_originals import store_sealed_original
from edem.foundation.people.models import Person
from edem.foundation.people.roles import Role
from edem.kernel.errors import Conflict, Invalid
from edem.services.reports.actions.drawing import ask_drawing, draw_photo
from edem.services.reports.actions.own_place import own_assignment
from edem.services.reports.actions.refusing import check_at_work
from edem.services.reports.actions.stepping import lock, show_anew
from edem.services.reports.models import Photo, Report

PURPOSE: Final = "reports.photo"
MOST: Final = 24
"""Of one report's work, however many hands send them."""
if TYPE_CHECKING:
    Upload = UploadedFile[bytes]
else:
    Upload = UploadedFile  # Django's class takes no parameter when it runs


def add_after_photos(report: Report, photos: Sequence[Upload], *, by: Person | None, now: datetime) -> int:
    """Part of the caller's act on a locked report: taken in as they came, drawn by a job, then seen (decision 0042)."""
    start = _room_for(report, photos)
    taken = [
        store_sealed_original(each, community=report.community, owner=by, purpose=PURPOSE, now=now).file.pk
        for each in photos
    ]
    keep_files(taken, community_id=report.community_id, owner_id=by.pk if by else None)
    Photo.objects.bulk_create(
        Photo(
            report=report,
            file_id=file_id,
            position=place,
            stage=Photo.Stage.AFTER,
            width=0,
            height=0,
            added_by=by,
            added_at=now,
            hidden=True,
        )
        for place, file_id in enumerate(taken, start=start)
    )
    ask_drawing(taken)
    return len(taken)


def add_deciding_photos(report: Report, photos: Sequence[Upload], *, by: Person | None, now: datetime) -> int:
    """Drawn within the caller's act: whether the report may be closed hangs on there being a picture to see."""
    start = _room_for(report, photos)
    stored = [store_picture(each, community=report.community, owner=by, purpose=PURPOSE, now=now) for each in photos]
    files = [each.file.pk for each in stored]
    keep_files(files, community_id=report.community_id, owner_id=by.pk if by else None)
    publish_files(files)
    ask_thumbnails(files)
    Photo.objects.bulk_create(
        _drawn(report, each, place, by=by, now=now) for place, each in enumerate(stored, start=start)
    )
    return len(stored)


def draw_waiting(report_id: int, *, by: Person) -> None:
    """Whoever closes does not wait for the job, and nothing is locked meanwhile; what they sent must open."""
    waiting = _undrawn(report_id, Drawing.WAITING)
    for file_id, _sender in waiting:
        draw_photo(file_id)
    own = {file_id for file_id, sender in waiting if sender == by.pk}
    if not own.isdisjoint(file_id for file_id, _sender in _undrawn(report_id, Drawing.BROKEN)):
        raise Invalid("files.broken_picture", field="photos_sent")


@transaction.atomic(durable=True)
def add_work_photos(report_id: int, photos: Sequence[Upload], *, by: Person, now: datetime) -> int:
    """Before closing, or whenever something is to be shown; everybody sees them."""
    report = lock(report_id)

    own_assignment(report, by, Role.WORKER, Role.EXECUTOR)
    check_at_work(report)

    added = add_after_photos(report, photos, by=by, now=now)
    report.updated_at = now
    report.save(update_fields=["updated_at"])
    show_anew(report)
    record_staff_act(by, "report.photos_added", community_id=report.community_id, subject=report, now=now, count=added)
    return added


def _room_for(report: Report, photos: Sequence[Upload]) -> int:
    """Where the next one stands."""
    there = Photo.objects.filter(report=report, stage=Photo.Stage.AFTER).count()
    if there + len(photos) > MOST:
        raise Conflict("report.too_many_photos", most=MOST)
    return there


def _drawn(report: Report, stored: StoredPicture, place: int, *, by: Person | None, now: datetime) -> Photo:
    drawn = stored.drawn
    return Photo(
        report=report,
        file=stored.file,
        position=place,
        stage=Photo.Stage.AFTER,
        width=drawn.width,
        height=drawn.height,
        dhash=likeness_of(drawn.content, drawn.kind),
        added_by=by,
        added_at=now,
    )


def _undrawn(report_id: int, drawing: Drawing) -> list[tuple[UUID, UUID | None]]:
    """Each with whoever sent it."""
    found = Photo.objects.filter(report_id=report_id, stage=Photo.Stage.AFTER, file__drawing=drawing)
    return list(found.order_by("position", "pk").values_list("file_id", "added_by_id"))
