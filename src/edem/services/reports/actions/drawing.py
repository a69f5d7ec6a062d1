"""Photos are taken in as they came, sealed; a job draws them anew, and only then anybody sees them (decision 0042)."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from edem.foundation.events.announcing import announce
from edem.foundation.files.actions import publish_files
from edem.foundation.files.models import Drawing, StoredFile
from edem.foundation.files.originals import Anew
from edem.foundation.identity.sealed_originals import made_from, settle_drawing
from edem.services.reports.actions.stepping import lock, show_anew
from edem.services.reports.actions.waiting_photos import is_held_back
from edem.services.reports.events import PhotoArrived, PhotoReady, PhotoSpoiled
from edem.services.reports.models import DraftShot, Photo, Report
from edem.services.reports.rules.lifecycle import IN_PUBLIC, State


def ask_drawing(file_ids: Iterable[UUID]) -> None:
    """Part of the action that takes them in."""
    announce(*(PhotoArrived(file_id=each) for each in file_ids))


def draw_photo(file_id: UUID) -> None:
    """Told twice, it is done once. Whoever needs the picture now may call it before the job does."""
    stored = StoredFile.objects.filter(pk=file_id, drawing=Drawing.WAITING).order_by("pk").first()
    if stored is None:
        return
    try:
        anew = made_from(stored)
    except FileNotFoundError:
        if StoredFile.objects.filter(pk=file_id, drawing=Drawing.WAITING).exists():
            raise
        return  # removed, or drawn by another, meanwhile
    while not _settled(file_id, anew):
        pass


@transaction.atomic(durable=True)
def _settled(file_id: UUID, anew: Anew | None) -> bool:
    """Reports are locked before their files, here as everywhere; False when the draft was sent in between."""
    told = Photo.objects.filter(file=file_id).order_by("pk").values_list("report_id", flat=True)
    report = lock(told[0]) if told else None
    waiting = StoredFile.objects.select_for_update(of=("self",)).filter(pk=file_id, drawing=Drawing.WAITING)
    stored = waiting.order_by("pk").first()
    if stored is None:
        return True
    photo = Photo.objects.filter(file=stored).order_by("pk").first()
    if photo is not None and (report is None or report.pk != photo.report_id):
        return False

    settle_drawing(stored, anew)
    DraftShot.objects.filter(file=stored).update(**_facts(anew))
    if photo is not None and report is not None:
        _show(report, photo, anew)
    return True


def _show(report: Report, photo: Photo, anew: Anew | None) -> None:
    if anew is None:
        announce(PhotoSpoiled(report_id=report.pk, file_id=photo.file_id))
        return
    is_held = is_held_back(photo, community_id=report.community_id)
    Photo.objects.filter(pk=photo.pk).update(hidden=is_held, **_facts(anew))
    if State(report.state) in IN_PUBLIC and not is_held:
        publish_files([photo.file_id])
    show_anew(report)
    announce(PhotoReady(report_id=report.pk))


def _facts(anew: Anew | None) -> dict[str, int | None]:
    if anew is None:
        return {"width": 0, "height": 0, "dhash": None}
    return {"width": anew.drawn.width, "height": anew.drawn.height, "dhash": anew.likeness}


def lock_to_keep(file_ids: Iterable[UUID]) -> dict[UUID, dict[str, int | bool | None]]:
    """What a photo of each is like at this moment; whoever draws them waits until the caller has kept them."""
    wanted = list(file_ids)
    files = StoredFile.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk")
    seen: dict[UUID, dict[str, int | bool | None]] = {
        pk: {"hidden": drawing != Drawing.DONE} for pk, drawing in files.values_list("pk", "drawing")
    }
    for shot in DraftShot.objects.filter(file__in=wanted).order_by("pk"):
        seen[shot.file_id] |= {"width": shot.width, "height": shot.height, "dhash": shot.dhash}
    return seen
