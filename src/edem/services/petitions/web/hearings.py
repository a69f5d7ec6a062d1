"""Hearings at the desk, and the calendar file that everybody may take."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from edem.foundation.live.kept import kept
from edem.foundation.people.access import anyone, open_to, staff
from edem.foundation.people.requests import CommunityRequest, PersonalRequest
from edem.foundation.people.roles import Role
from edem.kernel.errors import Missing
from edem.services.petitions.actions.hearing import (
    appoint_hearing,
    cancel_hearing,
    decline_hearing,
    hold_hearing,
    move_hearing,
)
from edem.services.petitions.queries.actors import actors_of
from edem.services.petitions.queries.hearings import (
    awaits_hearing,
    calendar_entry,
    hearing_for,
    hearings_of,
    may_be_heard,
)
from edem.services.petitions.queries.pages import petition_for
from edem.services.petitions.rules.calendar_file import calendar_file
from edem.services.petitions.rules.hearings import APPOINTS
from edem.services.petitions.web.hearing_forms import AppointForm, CancelForm, DeclineForm, HeldForm, MoveForm
from edem.ui.forms import Form
from edem.ui.refusals import refusals_shown_on

APPOINTERS: Final = staff.having(Role.OFFICER, Role.MAYOR)
USUAL_MINUTES: Final = 90


@open_to(anyone)
@kept(tags=("petition:{petition_id}",))
@require_safe
def hearing_calendar(request: CommunityRequest, petition_id: int, hearing_id: int) -> HttpResponse:
    entry = calendar_entry(request.community, petition_id, hearing_id)
    response = HttpResponse(calendar_file(entry), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="hearing-{hearing_id}.ics"'
    return response


@open_to(staff)
@require_safe
def hearings(request: PersonalRequest, petition_id: int) -> HttpResponse:
    petition = petition_for(request.community, petition_id, reader=request.person)
    shown = hearings_of(petition, now=request.now)
    appoints = not actors_of(request.person, petition).isdisjoint(APPOINTS)
    facts = {
        "petition": petition,
        "hearings": shown,
        "appoints": appoints,
        "may_appoint": appoints and may_be_heard(petition) and not any(each.is_appointed for each in shown),
        "hearing_asked": awaits_hearing(petition, shown),
    }
    return render(request, "petitions/hearings_desk.html", facts)


@open_to(APPOINTERS)
@require_http_methods(["GET", "POST"])
def appoint(request: PersonalRequest, petition_id: int) -> HttpResponse:
    form = AppointForm(request.POST or None, initial={"minutes": USUAL_MINUTES})
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            petition = petition_for(request.community, petition_id, reader=request.person)
            appoint_hearing(petition.pk, form.appointment(), by=request.person, now=request.now)
            return redirect("petitions:hearings", petition_id)
    return page(request, petition_id, form, title=_("Призначити слухання"), submit=_("Призначити"))


@open_to(APPOINTERS)
@require_http_methods(["GET", "POST"])
def decline(request: PersonalRequest, petition_id: int) -> HttpResponse:
    form = DeclineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            petition = petition_for(request.community, petition_id, reader=request.person)
            decline_hearing(petition.pk, by=request.person, now=request.now, note=form.cleaned_data["note"])
            return redirect("petitions:hearings", petition_id)
    return page(request, petition_id, form, title=_("Слухань не буде"), submit=_("Оприлюднити пояснення"))


@open_to(APPOINTERS)
@require_http_methods(["GET", "POST"])
def move(request: PersonalRequest, petition_id: int, hearing_id: int) -> HttpResponse:
    petition, hearing = hearing_for(request.community, petition_id, hearing_id, reader=request.person)
    if hearing.starts_at is None:
        raise Missing("petition.hearing_missing")
    starts = localtime(hearing.starts_at)
    written = {"day": starts.date(), "time": starts.time(), "minutes": hearing.minutes}
    written |= {"place": hearing.place, "online": hearing.online, "agenda": hearing.agenda}
    form = MoveForm(request.POST or None, initial=written)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            note = form.cleaned_data["note"]
            move_hearing(petition.pk, hearing.pk, form.appointment(), by=request.person, now=request.now, note=note)
            return redirect("petitions:hearings", petition_id)
    return page(request, petition_id, form, title=_("Перенести слухання"), submit=_("Перенести"))


@open_to(APPOINTERS)
@require_http_methods(["GET", "POST"])
def cancel(request: PersonalRequest, petition_id: int, hearing_id: int) -> HttpResponse:
    petition, hearing = hearing_for(request.community, petition_id, hearing_id, reader=request.person)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            note = form.cleaned_data["note"]
            cancel_hearing(petition.pk, hearing.pk, by=request.person, now=request.now, note=note)
            return redirect("petitions:hearings", petition_id)
    return page(request, petition_id, form, title=_("Скасувати слухання"), submit=_("Скасувати слухання"))


@open_to(APPOINTERS)
@require_http_methods(["GET", "POST"])
def held(request: PersonalRequest, petition_id: int, hearing_id: int) -> HttpResponse:
    petition, hearing = hearing_for(request.community, petition_id, hearing_id, reader=request.person)
    form = HeldForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            typed = form.cleaned_data
            upload = next(iter(typed["paper"]), None)
            hold_hearing(
                petition.pk, hearing.pk, record=typed["record"], upload=upload, by=request.person, now=request.now
            )
            return redirect("petitions:hearings", petition_id)
    return page(request, petition_id, form, title=_("Слухання відбулися"), submit=_("Оприлюднити протокол"))


def page(request: PersonalRequest, petition_id: int, form: Form, *, title: str, submit: str) -> HttpResponse:
    petition = petition_for(request.community, petition_id, reader=request.person)
    facts = {"petition": petition, "form": form, "title": title, "submit": submit}
    return render(request, "petitions/hearing_step.html", facts, status=form.status)
