"""Reports that come in whole through the intake room, and the page that says what became of one."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import lazy
from django.views.decorators.http import require_safe

from edem.foundation.files.looking import looked_over
from edem.foundation.files.videos import video_kind
from edem.foundation.intake.multipart import SentFile, SentForm
from edem.foundation.intake.passes import ActPass
from edem.foundation.people.access import open_to, residents
from edem.foundation.people.requests import PersonalRequest
from edem.kernel.errors import Invalid, Refused
from edem.services.reports.actions.parcels import NewParcel
from edem.services.reports.queries.parcels import became_of
from edem.services.reports.rules.parcels import SentPhoto, Told, typed_of
from edem.ui.refusals import sentence_of

ACT: Final = "reports.parcel"
LARGEST: Final = 32 * 1024 * 1024
"""Two photos of the largest that are taken; whatever is heavier, and every video, comes by the plain door."""
PHOTOS_MOST: Final = 20


def parcel_from_intake(act_pass: ActPass, community_id: int, form: SentForm, arrived_at: datetime) -> NewParcel:
    """Everything that can be said without the database; nothing is unpacked."""
    try:
        number = UUID(form.first("client_uuid"))
    except ValueError:
        raise Invalid("report.parcel_unreadable") from None
    photos, left_out = looked_at(form.files[:PHOTOS_MOST], now=arrived_at)
    told = Told(
        text=form.first("text"),
        address=form.first("address"),
        lat=form.first("lat"),
        lon=form.first("lon"),
        accuracy_m=form.first("accuracy_m"),
        placed_by=form.first("placed_by"),
        categories=tuple(form.values.get("categories", ())),
        is_anonymous=form.first("is_anonymous") not in {"", "false", "False"},
    )
    return NewParcel(
        id=number,
        community_id=community_id,
        person_id=act_pass.person_id,
        typed=typed_of(told, photos, now=arrived_at),
        photos=photos,
        left_out=left_out,
        is_member=any(community == community_id for community, _code, _since in act_pass.memberships),
        method=act_pass.method,
        arrived_at=arrived_at,
    )


def left_out_in_words(name: str, refusal: Refused) -> str:
    return f"{name}: {sentence_of(refusal)}"


left_out_words = lazy(left_out_in_words, str)
"""The intake room speaks no language till it answers."""


def looked_at(files: Iterable[SentFile], *, now: datetime) -> tuple[list[SentPhoto], list[str]]:
    """Those that can be taken, and what is said of the others: one bad photo does not take the report with it."""
    photos, left_out = [], []
    for file in files:
        if file.field != "photos":
            continue
        if video_kind(_Content(file.content)) is not None:
            raise Invalid("report.parcel_with_video")
        try:
            looked = looked_over(file.content, now=now)
        except Refused as refusal:
            left_out.append(left_out_words(file.name, refusal))
        else:
            photos.append(SentPhoto(content=file.content, kind=looked.kind, name=file.name, sighting=looked.sighting))
    return photos, left_out


@open_to(residents)
@require_safe
def arrived(request: PersonalRequest, parcel_id: UUID) -> HttpResponse:
    """On to the report, or to the draft that waits for an answer; meanwhile it says that nothing is lost."""
    became = became_of(request.community, parcel_id, person=request.person)
    if became.report_id is not None:
        return redirect("reports:card", became.report_id)
    if became.is_draft:
        return redirect("reports:start_check", parcel_id)
    why = sentence_of(Refused(became.fault)) if became.fault else ""
    return render(request, "reports/arrived.html", {"text": became.text, "why": why})


class _Content:
    """A file's first bytes, without copying the rest."""

    def __init__(self, content: bytes) -> None:
        self._content, self._at = content, 0

    def seek(self, offset: int, /) -> None:
        self._at = offset

    def read(self, size: int, /) -> bytes:
        return self._content[self._at : self._at + size]
