"""Emergency access on the platform's host: the second factor once more, the reason, the term; closing by hand."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from edem.foundation.communities.models import Community
from edem.foundation.identity.places_to_go import community_called
from edem.foundation.people.access import open_to, staff
from edem.foundation.people.emergency.actions import close_emergency, open_emergency
from edem.foundation.people.emergency.queries import emergency_of
from edem.foundation.people.queries import lasting_roles_of
from edem.foundation.people.roles import Role
from edem.foundation.people.second_factor import repeated_second_factor
from edem.foundation.people.views import way_to_second_factor
from edem.kernel.errors import Missing, NotAllowed
from edem.portals.operator.acting import OperatorRequest, done, pen_of, posted
from edem.portals.operator.emergency_forms import EmergencyForm
from edem.ui.refusals import refusals_shown_on

ASKED = "emergency_asked"
"""When this session first came to the page: a second factor shown before that was for something else."""


@open_to(staff)
@never_cache
@require_http_methods(["GET", "POST"])
def emergency(request: OperatorRequest, slug: str) -> HttpResponse:
    """What it means and how it is seen; then the second factor; then the form."""
    community = the_community(slug)
    current = emergency_of(request.person.pk, community.pk, now=request.now)
    if current is not None:
        return render(request, "operator/emergency_open.html", {"current": current, "slug": slug})
    if not lasting_roles_of(request.person, community.pk) & {Role.ON_CALL, Role.PLATFORM_OPERATOR}:
        raise NotAllowed("people.not_on_call")
    since = request.session.setdefault(ASKED, request.now.timestamp())
    if not repeated_second_factor(request, request.person, since=since):
        again = way_to_second_factor(request.person, then=reverse("platform:emergency", args=[slug]))
        return render(request, "operator/emergency_again.html", {"again": again, "called": community.name})
    form = EmergencyForm(posted(request))
    if form.is_valid():
        with refusals_shown_on(form):
            open_for_hours(request, community, form)
            del request.session[ASKED]
            return redirect("platform:emergency", slug)
    page = {"form": form, "called": community.name}
    return render(request, "operator/emergency.html", page, status=form.status)


@open_to(staff)
@require_POST
def emergency_closed(request: OperatorRequest, slug: str, emergency_id: int) -> HttpResponse:
    close_emergency(
        emergency_id, community_id=the_community(slug).pk, by=request.person, record=pen_of(request), now=request.now
    )
    return done(request, _("Аварійний доступ закрито."), "platform:emergency", slug)


def open_for_hours(request: OperatorRequest, community: Community, form: EmergencyForm) -> None:
    open_emergency(
        request.person,
        community_id=community.pk,
        role=Role(form.cleaned_data["role"]),
        reason=form.cleaned_data["reason"],
        until=request.now + timedelta(hours=int(form.cleaned_data["hours"])),
        record=pen_of(request),
        now=request.now,
    )


def the_community(slug: str) -> Community:
    community = community_called(slug)
    if community is None:
        raise Missing("operator.no_such_community")
    return community
