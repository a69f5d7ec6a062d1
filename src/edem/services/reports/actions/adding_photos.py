"""Photos and videos that residents add to a report that is there already (the act, §3.3)."""

from datetime import datetime
from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from edem.foundation.files.actions import keep_files, publish_files, store_upload
from edem.foundation.files.rules import IMAGES, VIDEOS
from edem.foundation.files.thumbnails import ask_thumbnails
from edem.foundation.files.videos import video_kind
from edem.foundation.identity.queries import standing_of
from edem.foundation.identity.sealed_originals import store_sealed_original
from edem.foundation.people.models import Person
from edem.kernel.errors import Missing
from edem.services.reports.actions.drawing import ask_drawing
from edem.services.reports.actions.stepping import lock, show_anew
from edem.services.reports.actions.waiting_photos import wait_for_moderator
from edem.services.reports.charter import Moderation
from edem.services.reports.models import Photo, Report
from edem.services.reports.queries.charters import charter_of
from edem.services.reports.rules.lifecycle import State
from edem.services.reports.rules.photos import check_may_add_shot, check_may_show
from edem.services.reports.rules.voices import Joiner

PURPOSE: Final = "reports.photo"


@transaction.atomic(durable=True)
def add_photo(report_id: int, upload: "UploadedFile[bytes]", *, by: Person, now: datetime) -> bool:
    """One at a time, so that a bad file does not take the others with it. False: a moderator looks at it first."""
    report = lock(report_id)
    charter = charter_of(report)

    if report.published_at is None:
        raise Missing("report.missing")
    is_member = standing_of(by, report.community, now=now).is_member
    check_may_show(charter, State(report.state), Joiner(is_member=is_member, is_author=report.author_id == by.pk))
    is_video = upload.file is not None and video_kind(upload) is not None
    upload.seek(0)
    own = Photo.objects.filter(report=report, stage=Photo.Stage.BEFORE, added_by=by)
    videos = own.filter(file__kind__in=VIDEOS).count()
    check_may_add_shot(already=own.count(), videos=videos, most=charter.photos_most, is_video=is_video)

    photo = _taken(report, upload, is_video=is_video, by=by, now=now)
    is_read_first = charter.moderation is Moderation.BEFORE
    photo.hidden = is_read_first or not is_video
    photo.save()
    keep_files([photo.file_id], community_id=report.community_id, owner_id=by.pk)
    if not is_video:
        ask_drawing([photo.file_id])
    if is_read_first:
        wait_for_moderator(photo, now=now)
        return False
    if is_video:
        publish_files([photo.file_id])
        ask_thumbnails([photo.file_id])
    report.updated_at = now
    report.save(update_fields=["updated_at"])
    show_anew(report)
    return True


def _taken(report: Report, upload: "UploadedFile[bytes]", *, is_video: bool, by: Person, now: datetime) -> Photo:
    community, accept = report.community, IMAGES | VIDEOS
    place = Photo.objects.filter(report=report).count()
    added = Photo(report=report, position=place, added_by=by, added_at=now, width=0, height=0)
    if is_video:
        added.file = store_upload(upload, community=community, owner=by, purpose=PURPOSE, now=now, accept=accept)
    else:
        added.file = store_sealed_original(upload, community=community, owner=by, purpose=PURPOSE, now=now).file
    return added
