"""A job makes reports of the parcels that were acknowledged; whatever lacks an answer waits as a draft."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from edem.foundation.communities.queries import charter_in_force
from edem.foundation.files.actions import remove_files
from edem.kernel.errors import Invalid, Refused
from edem.services.reports.actions.drafting import keep, start_report
from edem.services.reports.actions.drawing import ask_drawing
from edem.services.reports.actions.sending import send_report
from edem.services.reports.models import DraftShot, MergedReport, Parcel, Photo, Report, ReportDraft
from edem.services.reports.queries.charters import CODE, read_version
from edem.services.reports.queries.drafts import named
from edem.services.reports.queries.parcels import parcels_of
from edem.services.reports.rules.draft import Draft, DraftPhoto
from edem.services.reports.rules.suggesting import suggested
from edem.services.reports.rules.tree import OTHER
from edem.services.reports.rules.writing import Typed

OUTSIDE: Final = "report.place_outside"
KEPT_FOR: Final = timedelta(days=30)
"""What could become neither a report nor a draft is kept so long for its sender to read why."""


def unpack_batch(came_with: UUID, *, now: datetime) -> None:
    """Told twice, it is done once."""
    for parcel_id in parcels_of(came_with):
        unpack(parcel_id, now=now)


def unpack(parcel_id: UUID, *, now: datetime) -> None:
    """The report is what its number says: broken off between two commits, it goes on where it stood."""
    parcel = Parcel.objects.select_related("community", "person").filter(pk=parcel_id).order_by("pk").first()
    if parcel is None:
        return
    typed = as_it_may_be(parcel, now=now)
    try:
        send_whole(parcel, draft_of(parcel, typed))
    except Invalid:  # a question that only the tree could ask: it goes on as a draft, nothing is lost
        put_by_as_draft(parcel, typed, now=now)
    except Refused as refusal:
        Parcel.objects.filter(pk=parcel_id).update(fault=refusal.code)
        return
    close_parcel(parcel)


def send_whole(parcel: Parcel, draft: Draft) -> None:
    """A place beyond the border is left out, not the report: the words may still say where."""
    facts: dict[str, Any] = {"community": parcel.community, "by": parcel.person, "assurance": parcel.method}
    facts["now"] = parcel.arrived_at
    try:
        send_report(draft, **facts)
    except Invalid as lacking:
        if lacking.code != OUTSIDE:
            raise
        send_report(replace(draft, place=None, accuracy_m=None), **facts)


def as_it_may_be(parcel: Parcel, *, now: datetime) -> Typed:
    """Nobody is there to be asked: the likeliest category is better than «Інше»."""
    typed = Typed.read(parcel.typed)
    offered = named(parcel.community)
    known = {each.code for each in offered}
    chosen = tuple(code for code in typed.categories if code in known)
    likely = chosen or tuple(suggested(typed.text, offered, title=typed.title, most=1)) or (OTHER,)
    charter = read_version(charter_in_force(parcel.community_id, CODE, now=now).pk)
    return replace(typed, categories=likely, is_anonymous=typed.is_anonymous and charter.anonymous_display)


def draft_of(parcel: Parcel, typed: Typed) -> Draft:
    return Draft(
        client_uuid=parcel.pk,
        title=typed.title,
        text=typed.text,
        categories=typed.categories,
        place=typed.point,
        accuracy_m=typed.accuracy_m,
        address=typed.address,
        is_anonymous=typed.is_anonymous,
        photos=tuple(DraftPhoto(file_id=each) for each in files_of(parcel)),
    )


def put_by_as_draft(parcel: Parcel, typed: Typed, *, now: datetime) -> None:
    draft = start_report(parcel.pk, parcel.community, by=parcel.person, now=now)
    with transaction.atomic(durable=True):
        keep(draft, typed, now=now)
        draft.shots.all().delete()
        rows = [shot_of(told, place) for place, told in enumerate(parcel.shots, start=1)]
        for row in rows:
            row.draft = draft
        DraftShot.objects.bulk_create(rows)


def shot_of(told: Mapping[str, Any], position: int) -> DraftShot:
    taken_at = datetime.fromisoformat(told["taken_at"]) if told["taken_at"] else None
    place = {name: told[name] for name in ("lat", "lon", "accuracy_m")}
    return DraftShot(file_id=UUID(told["file"]), position=position, taken_at=taken_at, **place)


@transaction.atomic(durable=True)
def close_parcel(parcel: Parcel) -> None:
    """What it became is whose the parcel is by now: its sender's account may have become another's meanwhile."""
    now = Parcel.objects.select_for_update(of=("self",)).filter(pk=parcel.pk).order_by("pk").first()
    if now is not None and now.merge_id is not None:
        hand_on(now, now.merge_id, was_of=parcel.person_id)
    let_go(parcel)


def hand_on(parcel: Parcel, merge_id: int, *, was_of: UUID) -> None:
    """With the parting of the accounts it goes back."""
    drafts = ReportDraft.objects.filter(pk=parcel.pk, author_id__in=(was_of, parcel.person_id))
    drafts.update(author_id=parcel.person_id, merge_id=merge_id)
    reports = Report.objects.filter(client_uuid=parcel.pk, author_id__in=(was_of, parcel.person_id))
    for pk in list(reports.order_by("pk").values_list("pk", flat=True)):
        MergedReport.objects.get_or_create(merge_id=merge_id, report_id=pk)
    reports.update(author_id=parcel.person_id)


def let_go(parcel: Parcel) -> None:
    """Its photos belong to what it became; those that found no place go, the others are drawn."""
    files = files_of(parcel)
    kept = set(Photo.objects.filter(file__in=files).order_by("pk").values_list("file_id", flat=True))
    kept |= set(DraftShot.objects.filter(file__in=files).order_by("pk").values_list("file_id", flat=True))
    Parcel.objects.filter(pk=parcel.pk).delete()
    ask_drawing(each for each in files if each in kept)
    remove_files([each for each in files if each not in kept])


def forget_refused_parcels(*, now: datetime) -> None:
    for parcel in Parcel.objects.exclude(fault="").filter(arrived_at__lt=now - KEPT_FOR).order_by("arrived_at", "pk"):
        close_parcel(parcel)


def erase_parcels_of(person_id: UUID, *, till: datetime) -> None:
    """Part of forgetting a person: what has not become a report does not become one any more."""
    for parcel in Parcel.objects.filter(person_id=person_id, arrived_at__lte=till).order_by("arrived_at", "pk"):
        let_go(parcel)


def files_of(parcel: Parcel) -> list[UUID]:
    return [UUID(each["file"]) for each in parcel.shots]
