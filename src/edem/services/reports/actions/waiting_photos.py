"""A photo that came after its report was checked: where a moderator reads first, nobody sees it before they have."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from edem.foundation.files.actions import publish_files, withdraw_files
from edem.foundation.files.models import Drawing
from edem.foundation.files.thumbnails import ask_thumbnails
from edem.foundation.moderation.actions import open_case
from edem.foundation.moderation.queries import cases_of
from edem.foundation.moderation.rules import Decision
from edem.foundation.places.queries import working_calendar
from edem.services.reports.actions.stepping import show_anew
from edem.services.reports.charter import Moderation
from edem.services.reports.models import Photo, Report
from edem.services.reports.queries.charters import CODE, charter_of
from edem.services.reports.queries.subjects import moderated_photo
from edem.services.reports.rules.terms import ClockName, clock


def wait_for_moderator(photo: Photo, *, now: datetime) -> None:
    """Part of the caller's action; the term is that of checking a report."""
    report = photo.report
    checking = clock(ClockName.CHECKING, charter=charter_of(report), started_at=now, calendar=working_calendar(now))
    open_case(
        moderated_photo(photo),
        community_id=report.community_id,
        title=report.title,
        path=f"/moderation/{CODE}/photo/{photo.pk}/",
        now=now,
        due_at=checking.due_at,
    )


def hold_back(report: Report, file_ids: Collection[UUID], *, now: datetime) -> None:
    """Photos of somebody who joined a report that everybody reads; undrawn ones stay hidden when they are drawn."""
    if charter_of(report).moderation is not Moderation.BEFORE:
        return
    for photo in Photo.objects.filter(report=report, file_id__in=file_ids).order_by("position", "pk"):
        photo.hidden = True
        photo.save(update_fields=["hidden"])
        photo.report = report
        wait_for_moderator(photo, now=now)
    withdraw_files(list(file_ids))


def is_held_back(photo: Photo, *, community_id: int) -> bool:
    """A moderator has not read it yet, or has read it and refused."""
    last = cases_of(moderated_photo(photo), community_id=community_id).order_by("-opened_at", "-pk").first()
    return last is not None and (last.decided_at is None or last.decision == Decision.REFUSED)


def show_photo(photo: Photo, *, now: datetime) -> None:
    """Part of the moderator's decision; what was public already stays, what is not drawn yet is shown when it is."""
    if not photo.hidden or photo.file.drawing != Drawing.DONE:
        return
    photo.hidden = False
    photo.save(update_fields=["hidden"])
    publish_files([photo.file_id])
    ask_thumbnails([photo.file_id])
    Report.objects.filter(pk=photo.report_id).update(updated_at=now)
    show_anew(photo.report)
