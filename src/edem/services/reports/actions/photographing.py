"""Photos of a draft: taken in, asked for their place, blurred by hand; in the open, by the author or a moderator."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.files.actions import (
    keep_files,
    publish_files,
    remove_files,
    store_drawn,
    store_upload,
)
from edem.foundation.files.blurring import Rectangle, blurred
from edem.foundation.files.likeness import likeness_of
from edem.foundation.files.models import Drawing, StoredFile
from edem.foundation.files.pictures import Drawn
from edem.foundation.files.rules import IMAGES, VIDEOS, Kind
from edem.foundation.files.thumbnails import ask_thumbnails
from edem.foundation.files.videos import video_kind
from edem.foundation.identity.sealed_originals import store_sealed_original
from edem.foundation.people.models import Person
from edem.foundation.people.queries import roles_of
from edem.foundation.people.roles import Role
from edem.kernel.errors import Conflict, Invalid, Missing, NotAllowed
from edem.kernel.lifecycle import AUTHOR
from edem.services.reports.actions.drafting import keep, lock_draft
from edem.services.reports.actions.drawing import ask_drawing, lock_to_keep
from edem.services.reports.actions.stepping import lock, show_anew
from edem.services.reports.models import DraftShot, Photo, PhotoBlur, ReportDraft
from edem.services.reports.rules.photos import Shot, check_may_add_shot, proposed_place
from edem.services.reports.rules.writing import PlacedBy, Typed

PURPOSE: Final = "reports.photo"
_NOWHERE_M: Final = 1_000_000
"""Whoever knows the place this badly does not know it."""
TAKEN: Final = IMAGES | VIDEOS


@transaction.atomic(durable=True)
def add_shot(draft_id: UUID, upload: "UploadedFile[bytes]", *, most: int, by: Person, now: datetime) -> int:
    """Keep it with the draft, private; the first that tells a place puts the pin there, until the writer moves it."""
    draft = lock_draft(draft_id, by=by)

    shots = list(draft.shots.select_related("file").order_by("position", "pk"))
    is_video = upload.file is not None and video_kind(upload) is not None
    videos = sum(each.file.kind in VIDEOS for each in shots)
    check_may_add_shot(already=len(shots), videos=videos, most=most, is_video=is_video)
    upload.seek(0)

    taken = _video(draft, upload, by=by, now=now) if is_video else _picture(draft, upload, by=by, now=now)
    taken.position = max((each.position for each in shots), default=0) + 1
    taken.save()
    keep_files([taken.file_id], community_id=draft.community_id, owner_id=by.pk)
    if not is_video:
        ask_drawing([taken.file_id])
    _propose_place(draft, [*shots, taken], now=now)
    return taken.pk


@transaction.atomic(durable=True)
def remove_shot(draft_id: UUID, shot_id: int, *, by: Person, now: datetime) -> None:
    draft = lock_draft(draft_id, by=by)
    shot = _shot(draft, shot_id)

    shot.delete()
    remove_files([shot.file_id])
    _propose_place(draft, list(draft.shots.order_by("position", "pk")), now=now)


@transaction.atomic(durable=True)
def blur_shot(draft_id: UUID, shot_id: int, rectangles: Sequence[Rectangle], *, by: Person, now: datetime) -> None:
    """Before sending nobody has seen it: there is nothing to leave a trace of."""
    draft = lock_draft(draft_id, by=by)
    shot = _shot(draft, shot_id)
    if shot.file.drawing != Drawing.DONE:
        raise Conflict("report.photo_not_ready")

    old, drawn, new = _redraw(shot.file, rectangles, now=now)
    shot.file, shot.is_blurred, shot.dhash = new, True, likeness_of(drawn.content, drawn.kind)
    shot.save(update_fields=["file", "is_blurred", "dhash"])
    remove_files([old])


@transaction.atomic(durable=True)
def blur_photo(
    report_id: int, photo_id: int, rectangles: Sequence[Rectangle], *, reason: str, by: Person, now: datetime
) -> None:
    """In the open only its moderator or its author does, and everybody sees that it was done, by whom and why."""
    report = lock(report_id)
    photo = report.photos.select_related("file").filter(pk=photo_id).order_by("pk").first()

    if photo is None:
        raise Missing("report.no_such_photo")
    is_moderator = Role.MODERATOR in roles_of(by, report.community_id)
    if not is_moderator and report.author_id != by.pk:
        raise NotAllowed("report.moderators_blur")

    was_public = photo.file.is_public
    old, drawn, new = _redraw(photo.file, rectangles, now=now)
    photo.file, photo.dhash = new, likeness_of(drawn.content, drawn.kind)
    photo.save(update_fields=["file", "dhash"])
    remove_files([old])
    if was_public:
        publish_files([new.pk])
    ask_thumbnails([new.pk])

    actor = Role.MODERATOR.value if is_moderator else AUTHOR
    PhotoBlur.objects.create(photo=photo, by=by, actor=actor, reason=reason.strip()[:300], at=now)
    show_anew(report)
    if is_moderator:
        record_staff_act(by, "report.photo_blurred", community_id=report.community_id, subject=report, now=now)


def add_to_report(report_id: int, shots: Sequence[DraftShot], *, by: Person, now: datetime) -> None:
    """Photos of somebody who joins: they stand after those that are there."""
    last = Photo.objects.filter(report_id=report_id).order_by("-position").values_list("position", flat=True).first()
    seen = lock_to_keep(each.file_id for each in shots)
    rows = [
        Photo(
            report_id=report_id,
            file_id=each.file_id,
            position=(last or 0) + place,
            added_by=by,
            added_at=now,
            **seen[each.file_id],
        )
        for place, each in enumerate(shots, start=1)
    ]
    Photo.objects.bulk_create(rows)
    shown = [each.file_id for each in rows if not each.hidden]
    publish_files(shown)
    ask_thumbnails(shown)


def _picture(draft: ReportDraft, upload: "UploadedFile[bytes]", *, by: Person, now: datetime) -> DraftShot:
    """As it came, sealed: a job draws it, and nobody waits for that."""
    taken = store_sealed_original(upload, community=draft.community, owner=by, purpose=PURPOSE, now=now)
    told = taken.sighting
    return DraftShot(
        draft=draft,
        file=taken.file,
        lat=told.lat,
        lon=told.lon,
        accuracy_m=round(told.accuracy_m) if told.accuracy_m and told.accuracy_m < _NOWHERE_M else None,
        taken_at=told.taken_at,
    )


def _video(draft: ReportDraft, upload: "UploadedFile[bytes]", *, by: Person, now: datetime) -> DraftShot:
    stored = store_upload(upload, community=draft.community, owner=by, purpose=PURPOSE, now=now, accept=TAKEN)
    return DraftShot(draft=draft, file=stored)


def _propose_place(draft: ReportDraft, shots: Sequence[DraftShot], *, now: datetime) -> None:
    typed = Typed.read(draft.typed)
    if typed.is_place_given or typed.placed_by not in {PlacedBy.NOWHERE, PlacedBy.PHOTO}:
        keep(draft, typed, now=now)
        return
    told = [Shot(lat=each.lat, lon=each.lon, accuracy_m=each.accuracy_m, taken_at=each.taken_at) for each in shots]
    found = proposed_place(told, now=now)
    proposed = replace(
        typed,
        lat=found.point.lat if found else None,
        lon=found.point.lon if found else None,
        accuracy_m=found.accuracy_m if found else None,
        placed_by=PlacedBy.PHOTO if found else PlacedBy.NOWHERE,
    )
    keep(draft, proposed, now=now)


def _shot(draft: ReportDraft, shot_id: int) -> DraftShot:
    found = draft.shots.select_related("file").filter(pk=shot_id).order_by("pk").first()
    if found is None:
        raise Missing("report.no_such_photo")
    return found


def _redraw(stored: StoredFile, rectangles: Sequence[Rectangle], *, now: datetime) -> tuple[UUID, Drawn, StoredFile]:
    """A new file under a new address: no copy kept anywhere shows what was there."""
    if stored.kind not in IMAGES:
        raise Invalid("report.videos_are_not_blurred")
    with default_storage.open(stored.place) as file:
        drawn = blurred(file.read(), Kind(stored.kind), rectangles)
    new = store_drawn(
        drawn, name=stored.name, community=stored.community, owner=stored.owner, purpose=stored.purpose, now=now
    )
    keep_files([new.pk], community_id=stored.community_id, owner_id=stored.owner_id)
    return stored.pk, drawn, new
