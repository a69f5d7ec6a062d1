"""Districts and organisations of the community."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from edem.foundation.communities.actions import (
    add_district,
    add_organisation,
    change_district,
    change_organisation,
    close_organisation,
    remove_district,
    reopen_organisation,
)
from edem.foundation.communities.models import District, Organisation
from edem.foundation.communities.queries import districts_of, organisations_of
from edem.foundation.people.access import open_to
from edem.foundation.people.requests import PersonalRequest
from edem.foundation.places.queries import settlements_of
from edem.kernel.errors import Missing
from edem.portals.operator.acting import ADMINISTRATORS, done, pen_of, posted
from edem.portals.operator.forms import DistrictForm, OrganisationForm
from edem.ui.refusals import refusals_shown_on


@open_to(ADMINISTRATORS)
@require_safe
def districts(request: PersonalRequest) -> HttpResponse:
    return render(request, "operator/districts.html", {"districts": districts_of(request.community.pk)})


@open_to(ADMINISTRATORS)
@require_http_methods(["GET", "POST"])
def district(request: PersonalRequest, district_id: int | None = None) -> HttpResponse:
    """One page for a new district and for an old one."""
    found = the_district(request, district_id) if district_id else None
    initial = vars(found) if found else None
    settlements = settlements_of(request.community.katottg)
    form = DistrictForm(posted(request), initial=initial, settlements=settlements)
    if form.is_valid():
        with refusals_shown_on(form):
            save_district(request, form, found)
            return done(request, _("Район збережено."), "operator:districts")
    return render(request, "operator/district.html", {"form": form, "district": found}, status=form.status)


@open_to(ADMINISTRATORS)
@require_POST
def district_away(request: PersonalRequest, district_id: int) -> HttpResponse:
    remove_district(request.community.pk, district_id, record=pen_of(request), now=request.now)
    return done(request, _("Район прибрано."), "operator:districts")


@open_to(ADMINISTRATORS)
@require_safe
def organisations(request: PersonalRequest) -> HttpResponse:
    return render(request, "operator/organisations.html", {"organisations": organisations_of(request.community.pk)})


@open_to(ADMINISTRATORS)
@require_http_methods(["GET", "POST"])
def organisation(request: PersonalRequest, organisation_id: int | None = None) -> HttpResponse:
    found = the_organisation(request, organisation_id) if organisation_id else None
    form = OrganisationForm(posted(request), initial=vars(found) if found else None)
    if form.is_valid():
        with refusals_shown_on(form):
            save_organisation(request, form, found)
            return done(request, _("Організацію збережено."), "operator:organisations")
    return render(request, "operator/organisation.html", {"form": form, "organisation": found}, status=form.status)


@open_to(ADMINISTRATORS)
@require_POST
def organisation_closed(request: PersonalRequest, organisation_id: int) -> HttpResponse:
    close_organisation(request.community.pk, organisation_id, record=pen_of(request), now=request.now)
    return done(request, _("Організацію закрито: нових повідомлень вона не отримає."), "operator:organisations")


@open_to(ADMINISTRATORS)
@require_POST
def organisation_reopened(request: PersonalRequest, organisation_id: int) -> HttpResponse:
    reopen_organisation(request.community.pk, organisation_id, record=pen_of(request), now=request.now)
    return done(request, _("Організація знову працює."), "operator:organisations")


def the_district(request: PersonalRequest, district_id: int) -> District:
    found = districts_of(request.community.pk).filter(pk=district_id).first()
    if found is None:
        raise Missing("communities.district_none")
    return found


def the_organisation(request: PersonalRequest, organisation_id: int) -> Organisation:
    found = organisations_of(request.community.pk).filter(pk=organisation_id).first()
    if found is None:
        raise Missing("communities.organisation_none")
    return found


def save_district(request: PersonalRequest, form: DistrictForm, found: District | None) -> None:
    community_id, record, now = request.community.pk, pen_of(request), request.now
    if found is None:
        add_district(community_id, form.facts(), record=record, now=now)
    else:
        change_district(community_id, found.pk, form.facts(), record=record, now=now)


def save_organisation(request: PersonalRequest, form: OrganisationForm, found: Organisation | None) -> None:
    community_id, record, now = request.community.pk, pen_of(request), request.now
    if found is None:
        add_organisation(community_id, form.facts(), record=record, now=now)
    else:
        change_organisation(community_id, found.pk, form.facts(), record=record, now=now)
