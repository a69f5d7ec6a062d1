"""Exports for the council, and the list for the author: asked for, watched, taken."""

from dataclasses import dataclass
from io import BytesIO
from typing import Final

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from edem.foundation.files.rules import KINDS, Kind
from edem.foundation.identity.sealed_files import opened
from edem.foundation.people.access import open_to, residents, staff
from edem.foundation.people.requests import PersonalRequest
from edem.foundation.people.roles import Role
from edem.services.petitions.actions.exporting import ask_export, make_if_short, take_export
from edem.services.petitions.queries.exports import export_for, offer_of, shown_export
from edem.services.petitions.queries.pages import petition_for
from edem.services.petitions.rules.exports import KEPT_FOR, ExportKind
from edem.services.petitions.web.export_forms import ExportForm
from edem.ui.refusals import refusals_shown_on


@dataclass(frozen=True, kw_only=True)
class Door:
    """The same pages for two readers: at the desk, and for the petition's author."""

    at_desk: bool
    all: str
    one: str
    file: str


DESK: Final = Door(at_desk=True, all="petitions:exports", one="petitions:export", file="petitions:export_file")
AUTHOR: Final = Door(
    at_desk=False, all="petitions:own_exports", one="petitions:own_export", file="petitions:own_export_file"
)
council = staff.having(Role.OFFICER, Role.MAYOR, Role.MODERATOR)


@open_to(council)
@require_http_methods(["GET", "POST"])
def exports(request: PersonalRequest, petition_id: int) -> HttpResponse:
    return all_through(DESK, request, petition_id)


@open_to(council)
@require_safe
def export(request: PersonalRequest, petition_id: int, export_id: int) -> HttpResponse:
    return one_through(DESK, request, petition_id, export_id)


@open_to(council)
@require_safe
def export_file(request: PersonalRequest, petition_id: int, export_id: int) -> HttpResponseBase:
    return file_through(DESK, request, petition_id, export_id)


@open_to(residents)
@require_http_methods(["GET", "POST"])
def own_exports(request: PersonalRequest, petition_id: int) -> HttpResponse:
    return all_through(AUTHOR, request, petition_id)


@open_to(residents)
@require_safe
def own_export(request: PersonalRequest, petition_id: int, export_id: int) -> HttpResponse:
    return one_through(AUTHOR, request, petition_id, export_id)


@open_to(residents)
@require_safe
def own_export_file(request: PersonalRequest, petition_id: int, export_id: int) -> HttpResponseBase:
    return file_through(AUTHOR, request, petition_id, export_id)


def all_through(door: Door, request: PersonalRequest, petition_id: int) -> HttpResponse:
    petition = petition_for(request.community, petition_id, reader=request.person)
    offer = offer_of(petition, reader=request.person, at_desk=door.at_desk)
    form = ExportForm(request.POST or None, kinds=offer.kinds)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            kind = ExportKind(form.cleaned_data["kind"])
            asked = ask_export(petition.pk, kind, by=request.person, now=request.now, at_desk=door.at_desk)
            make_if_short(asked, now=request.now)
            return redirect(door.one, petition.pk, asked)
    facts = {"petition": petition, "offer": offer, "form": form, "days": KEPT_FOR.days, "door": door}
    return render(request, "petitions/exports.html", facts, status=form.status)


def one_through(door: Door, request: PersonalRequest, petition_id: int, export_id: int) -> HttpResponse:
    found = export_for(request.community, petition_id, export_id, reader=request.person, at_desk=door.at_desk)
    facts = {"petition": found.petition, "shown": shown_export(found), "door": door}
    return render(request, "petitions/export.html", facts)


def file_through(door: Door, request: PersonalRequest, petition_id: int, export_id: int) -> HttpResponseBase:
    found = export_for(request.community, petition_id, export_id, reader=request.person, at_desk=door.at_desk)
    stored = take_export(found.pk, by=request.person, now=request.now)
    response = FileResponse(
        BytesIO(opened(stored)),
        as_attachment=True,
        filename=stored.name,
        content_type=KINDS[Kind(stored.kind)].content_type,
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
