"""Photos of a report as its card shows them, with the public trace of what was made unreadable."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from edem.foundation.files.models import Drawing
from edem.foundation.files.queries import address_of_file, small_address_of
from edem.foundation.files.rules import VIDEOS
from edem.foundation.people.roles import Role
from edem.kernel.errors import Missing
from edem.services.reports.models import Photo, Report
from edem.ui.words import day


@dataclass(frozen=True, kw_only=True)
class PhotoShown:
    pk: int
    url: str
    small_url: str
    is_video: bool
    stage: str
    width: int
    height: int
    added_at: datetime
    traces: Sequence[str]
    number: int | None
    """Of the merged report that it belongs to; none when it is this one's own."""


def photos_of_thing(report: Report) -> QuerySet[Photo]:
    """Its own first, then those of reports that were merged into it."""
    whose = Q(report=report) | Q(report__follows=report) if report.incident_id else Q(report=report)
    return Photo.objects.filter(whose, hidden=False).order_by(Coalesce("report__follows", Value(0)), "position", "pk")


def photos_shown(report: Report) -> list[PhotoShown]:
    """Hidden ones are not here; the others in their order, before the work and after it."""
    rows = photos_of_thing(report).select_related("file", "report").prefetch_related("blurs")
    return [
        PhotoShown(
            pk=each.pk,
            number=None if each.report_id == report.pk else each.report.number,
            url=address_of_file(each.file),
            small_url=small_address_of(each.file),
            is_video=each.file.kind in VIDEOS,
            stage=each.stage,
            width=each.width,
            height=each.height,
            added_at=each.added_at,
            traces=[trace_words(blur.actor, blur.reason, blur.at) for blur in each.blurs.all()],
        )
        for each in rows
    ]


@dataclass(frozen=True, kw_only=True)
class Undrawn:
    """Photos that nobody sees: of those still being drawn how many, of those that cannot be opened which."""

    waiting: int
    spoiled: Sequence[str]


def undrawn_of(report: Report, *, stage: str = "") -> Undrawn:
    rows = report.photos.exclude(file__drawing=Drawing.DONE).order_by("position", "pk")
    rows = rows.filter(stage=stage) if stage else rows
    found = list(rows.values_list("file__drawing", "file__name"))
    waiting = sum(drawing == Drawing.WAITING for drawing, _name in found)
    return Undrawn(waiting=waiting, spoiled=[name for drawing, name in found if drawing == Drawing.BROKEN])


def photo_on(report: Report, photo_id: int) -> Photo:
    found = report.photos.select_related("file").filter(pk=photo_id, hidden=False).order_by("pk").first()
    if found is None:
        raise Missing("report.no_such_photo")
    return found


def trace_words(actor: str, reason: str, at: datetime) -> str:
    said = _("%(day)s модератор розмив частину фото.") if actor == Role.MODERATOR else None
    said = said or _("%(day)s автор розмив частину фото.")
    return f"{said % {'day': day(at)}} {reason}".strip()
