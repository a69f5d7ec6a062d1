"""What an author does: write, check, send to the moderator, take back."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from edem.foundation.communities.queries import charter_in_force
from edem.foundation.people.access import open_to, residents
from edem.foundation.people.requests import PersonalRequest
from edem.services.petitions.actions.correcting import correct_petition
from edem.services.petitions.actions.drafting import (
    edit_draft,
    start_draft,
    submit_petition,
    withdraw_petition,
)
from edem.services.petitions.queries.attachments import files_of
from edem.services.petitions.queries.charters import CODE, charter_of, read_version
from edem.services.petitions.queries.editions import is_correctable, waiting_edition
from edem.services.petitions.queries.pages import petition_of_author, returned_note
from edem.services.petitions.queries.places import places_shown
from edem.services.petitions.queries.similar import alike
from edem.services.petitions.web.forms import PetitionForm, TextForm, WithdrawForm
from edem.services.petitions.web.placing import pin_facts, settlements
from edem.ui.refusals import refusals_shown_on


@open_to(residents)
@require_http_methods(["GET", "POST"])
def start(request: PersonalRequest) -> HttpResponse:
    version = charter_in_force(request.community.pk, CODE, now=request.now)
    charter = read_version(version.pk)
    form = PetitionForm(request.POST or None, charter=charter, settlements=settlements(request.community))
    if form.is_valid():
        with refusals_shown_on(form):
            petition_id = start_draft(request.community, form.draft(), by=request.person, now=request.now)
            return redirect("petitions:check", petition_id)
    return render(
        request,
        "petitions/write.html",
        {"form": form, "charter": charter, "petition": None, "returned": ""} | pin_facts(request.community),
        status=form.status,
    )


@open_to(residents)
@require_http_methods(["GET", "POST"])
def edit(request: PersonalRequest, petition_id: int) -> HttpResponse:
    petition = petition_of_author(request.community, petition_id, author=request.person)
    written = {
        "title": petition.title,
        "category": petition.category,
        "demand": petition.demand,
        "essence": petition.essence,
        "settlement": petition.settlement_code,
        "place": petition.place,
        "lat": petition.lat,
        "lon": petition.lon,
        "hearing_asked": petition.hearing_asked,
    }
    charter = charter_of(petition)
    form = PetitionForm(
        request.POST or None, initial=written, charter=charter, settlements=settlements(request.community)
    )
    if form.is_valid():
        with refusals_shown_on(form):
            edit_draft(petition.pk, form.draft(), by=request.person, now=request.now)
            return redirect("petitions:check", petition.pk)
    facts = {"form": form, "petition": petition, "charter": charter, "returned": returned_note(petition)}
    return render(request, "petitions/write.html", facts | pin_facts(request.community), status=form.status)


@open_to(residents)
@require_http_methods(["GET", "POST"])
def check(request: PersonalRequest, petition_id: int) -> HttpResponse:
    """Check your answers: the text as readers will see it, and petitions that ask for the same."""
    petition = petition_of_author(request.community, petition_id, author=request.person)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            submit_petition(petition.pk, by=request.person, now=request.now)
            return redirect("petitions:submitted", petition.pk)
    facts = {
        "petition": petition,
        "alike": alike(request.community, f"{petition.title} {petition.demand}", now=request.now, besides=petition.pk),
        "form": form,
        "charter": charter_of(petition),
        "files": files_of(petition),
        "places": places_shown(petition),
    }
    return render(request, "petitions/check.html", facts, status=form.status)


@open_to(residents)
@require_http_methods(["GET"])
def submitted(request: PersonalRequest, petition_id: int) -> HttpResponse:
    petition = petition_of_author(request.community, petition_id, author=request.person)
    return render(request, "petitions/submitted.html", {"petition": petition})


@open_to(residents)
@require_http_methods(["GET", "POST"])
def withdraw(request: PersonalRequest, petition_id: int) -> HttpResponse:
    petition = petition_of_author(request.community, petition_id, author=request.person)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            note = form.cleaned_data["note"]
            withdraw_petition(petition.pk, by=request.person, now=request.now, note=note)
            return redirect("petitions:card", petition.pk)
    return render(request, "petitions/withdraw.html", {"petition": petition, "form": form}, status=form.status)


@open_to(residents)
@require_http_methods(["GET", "POST"])
def correct(request: PersonalRequest, petition_id: int) -> HttpResponse:
    """After publication, while nobody else has signed: the moderator reads the correction first."""
    petition = petition_of_author(request.community, petition_id, author=request.person)
    written = {"title": petition.title, "demand": petition.demand, "essence": petition.essence}
    form = TextForm(request.POST or None, initial=written)
    if form.is_valid():
        with refusals_shown_on(form):
            correct_petition(petition.pk, form.text(), by=request.person, now=request.now)
            return redirect("petitions:card", petition.pk)
    facts = {"petition": petition, "form": form, "waits": waiting_edition(petition), "may": is_correctable(petition)}
    return render(request, "petitions/correct.html", facts, status=form.status)
