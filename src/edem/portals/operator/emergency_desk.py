"""Emergency access as a community's staff sees it: what is open, what was, and the review by another."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from edem.foundation.people.access import open_to, staff
from edem.foundation.people.emergency.actions import close_emergency, review_emergency
from edem.foundation.people.emergency.queries import emergencies_in
from edem.foundation.people.emergency.rules import CLOSERS, REVIEWERS
from edem.foundation.people.models import EmergencyAccess
from edem.foundation.people.queries import lasting_roles_of
from edem.foundation.people.requests import PersonalRequest
from edem.kernel.errors import Missing
from edem.portals.operator.acting import done, pen_of, posted
from edem.portals.operator.emergency_forms import ReviewForm
from edem.ui.refusals import refusals_shown_on

WATCHERS = staff.having(*(REVIEWERS | CLOSERS))


@open_to(staff)
@never_cache
@require_safe
def emergencies(request: PersonalRequest) -> HttpResponse:
    """Open to every worker: a break of the glass is heard by everybody in the house."""
    page = {"emergencies": emergencies_in(request.community.pk)[:100]}
    return render(request, "operator/emergencies.html", page)


@open_to(WATCHERS)
@never_cache
@require_http_methods(["GET", "POST"])
def emergency_review(request: PersonalRequest, emergency_id: int) -> HttpResponse:
    access = the_access(request, emergency_id)
    form = ReviewForm(posted(request))
    if form.is_valid():
        with refusals_shown_on(form):
            review_emergency(
                emergency_id,
                community_id=request.community.pk,
                finding=EmergencyAccess.Finding(form.cleaned_data["finding"]),
                conclusion=form.cleaned_data["conclusion"],
                by=request.person,
                record=pen_of(request),
                now=request.now,
            )
            return done(request, _("Висновок записано."), "operator:emergencies")
    held = lasting_roles_of(request.person, request.community.pk)
    page = {
        "form": form,
        "access": access,
        "may_close": access.closed_at is None and bool(held & CLOSERS),
        "may_review": access.closed_at is not None
        and access.reviewed_at is None
        and access.person_id != request.person.pk
        and bool(held & REVIEWERS),
    }
    return render(request, "operator/emergency_review.html", page, status=form.status)


@open_to(WATCHERS)
@require_POST
def emergency_ended(request: PersonalRequest, emergency_id: int) -> HttpResponse:
    close_emergency(
        emergency_id, community_id=request.community.pk, by=request.person, record=pen_of(request), now=request.now
    )
    return done(request, _("Аварійний доступ закрито."), "operator:emergencies")


def the_access(request: PersonalRequest, emergency_id: int) -> EmergencyAccess:
    access = emergencies_in(request.community.pk).filter(pk=emergency_id).first()
    if access is None:
        raise Missing("people.no_such_emergency")
    return access
