"""Outside accounts of a community's staff, for its administrator: who has which, invitations, an account closed."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from edem.foundation.people.access import open_to
from edem.foundation.people.outside.actions import invite_worker, unlink_account
from edem.foundation.people.outside.queries import accounts_in, providers_for
from edem.foundation.people.requests import PersonalRequest
from edem.kernel.errors import Missing
from edem.portals.operator.acting import ADMINISTRATORS, done, pen_of, posted
from edem.portals.operator.outside import invitation_address
from edem.portals.operator.outside_forms import InvitationForm
from edem.portals.operator.workers import the_worker
from edem.ui.refusals import refusals_shown_on


@open_to(ADMINISTRATORS)
@never_cache
@require_http_methods(["GET", "POST"])
def outside(request: PersonalRequest) -> HttpResponse:
    form, made = InvitationForm(posted(request), providers=providers_for(request.community.slug)), ""
    if form.is_valid():
        with refusals_shown_on(form):
            code = invite_worker(
                the_worker(form.cleaned_data["login"]).pk,
                form.chosen(),
                community_id=request.community.pk,
                by=request.person,
                record=pen_of(request),
                now=request.now,
            )
            made = invitation_address(code)
    page = {"form": form, "made": made, "accounts": accounts_in(request.community.pk)}
    return render(request, "operator/outside_desk.html", page, status=form.status)


@open_to(ADMINISTRATORS)
@require_POST
def outside_ended(request: PersonalRequest, account_id: int) -> HttpResponse:
    if not accounts_in(request.community.pk).filter(pk=account_id).exists():
        raise Missing("people.no_such_account")
    unlink_account(
        account_id, by=request.person, community_id=request.community.pk, record=pen_of(request), now=request.now
    )
    return done(request, _("Обліковий запис відв’язано."), "operator:outside")
