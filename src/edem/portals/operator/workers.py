"""Staff of the community: accounts, and the roles they hold."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from edem.foundation.communities.queries import organisations_of
from edem.foundation.people.access import open_to
from edem.foundation.people.actions import close_account, create_staff, end_role, grant_role
from edem.foundation.people.models import Person
from edem.foundation.people.queries import grants_in, worker_with_login
from edem.foundation.people.requests import PersonalRequest
from edem.foundation.people.roles import Role
from edem.kernel.errors import Conflict, Missing
from edem.portals.operator.acting import ADMINISTRATORS, done, pen_of, posted
from edem.portals.operator.forms import GrantForm, WorkerForm
from edem.ui.refusals import refusals_shown_on


@open_to(ADMINISTRATORS)
@require_http_methods(["GET", "POST"])
def workers(request: PersonalRequest) -> HttpResponse:
    """Who holds what, and the form that gives a role."""
    form = GrantForm(
        posted(request),
        initial={"login": request.GET.get("login", "")},
        organisations=organisations_of(request.community.pk),
    )
    if form.is_valid():
        with refusals_shown_on(form):
            grant(request, form)
            return done(request, _("Роль надано."), "operator:staff")
    page = {"form": form, "grants": grants_in(request.community.pk)}
    return render(request, "operator/staff.html", page, status=form.status)


@open_to(ADMINISTRATORS)
@require_http_methods(["GET", "POST"])
def new_worker(request: PersonalRequest) -> HttpResponse:
    form = WorkerForm(posted(request))
    if form.is_valid():
        with refusals_shown_on(form):
            create_staff(
                form.cleaned_data["login"],
                display_name=form.cleaned_data["display_name"],
                password=form.cleaned_data["password"],
                community_id=request.community.pk,
                record=pen_of(request),
                now=request.now,
            )
            return done(request, _("Обліковий запис створено. Тепер надайте роль."), "operator:staff")
    return render(request, "operator/worker.html", {"form": form}, status=form.status)


@open_to(ADMINISTRATORS)
@require_POST
def role_ended(request: PersonalRequest, grant_id: int) -> HttpResponse:
    held = grants_in(request.community.pk).filter(pk=grant_id).first()
    if held is None:
        raise Missing("operator.foreign_grant")
    if held.person_id == request.person.pk and held.role == Role.COMMUNITY_ADMIN:
        raise Conflict("operator.own_role")
    end_role(grant_id, by=request.person, record=pen_of(request), now=request.now)
    return done(request, _("Роль забрано."), "operator:staff")


@open_to(ADMINISTRATORS)
@require_http_methods(["GET", "POST"])
def account_closed(request: PersonalRequest, person_id: UUID) -> HttpResponse:
    """The worker has left: what that means is said first."""
    held = grants_in(request.community.pk).filter(person_id=person_id).first()
    if held is None:
        raise Missing("operator.foreign_grant")
    if request.method == "POST":
        close_account(
            person_id, community_id=request.community.pk, by=request.person, record=pen_of(request), now=request.now
        )
        return done(request, _("Обліковий запис закрито."), "operator:staff")
    return render(request, "operator/account_close.html", {"worker": held.person})


def grant(request: PersonalRequest, form: GrantForm) -> None:
    grant_role(
        the_worker(form.cleaned_data["login"]).pk,
        role=Role(form.cleaned_data["role"]),
        community_id=request.community.pk,
        organisation_id=form.organisation_id(),
        by=request.person,
        record=pen_of(request),
        now=request.now,
    )


def the_worker(login: str) -> Person:
    found = worker_with_login(login)
    if found is None:
        raise Missing("operator.no_such_worker", login=login, field="login")
    return found
