"""Outside sign-in of staff, on the platform's host: the operator connects providers, a worker links an account."""

from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.people.access import anyone, open_to, staff
from edem.foundation.people.outside.actions import (
    accept_invitation,
    add_provider,
    close_provider,
    link_own_account,
    unlink_account,
)
from edem.foundation.people.outside.flow import forget_proven, proven_in
from edem.foundation.people.outside.queries import accounts_of, invitation_known_by, providers_open
from edem.foundation.people.outside.views import prove
from edem.foundation.people.requests import Request
from edem.kernel.errors import Missing
from edem.portals.operator.acting import OPERATORS, OperatorRequest, done, pen_of, posted
from edem.portals.operator.outside_forms import ProviderForm
from edem.ui.refusals import refusals_shown_on

INVITATION = "outside_invitation"


@open_to(OPERATORS)
@require_http_methods(["GET", "POST"])
def providers(request: OperatorRequest) -> HttpResponse:
    """What is connected, and the form that connects one more."""
    form = ProviderForm(posted(request))
    if form.is_valid():
        with refusals_shown_on(form):
            add_provider(form.facts(), by=request.person, record=pen_of(request), now=request.now)
            return done(request, _("Вхід під’єднано."), "platform:outside")
    base = settings.EDEM.base_url.rstrip("/")
    back = base + reverse("outside_back", args=["KOD"]).replace("KOD", "…")
    ended = base + reverse("identity:outside_logged_out", args=["KOD"]).replace("KOD", "…")
    page = {"form": form, "providers": providers_open(), "back": back, "ended": ended}
    return render(request, "operator/outside.html", page, status=form.status)


@open_to(OPERATORS)
@require_POST
def provider_closed(request: OperatorRequest, provider_id: int) -> HttpResponse:
    close_provider(provider_id, by=request.person, record=pen_of(request), now=request.now)
    return done(request, _("Вхід закрито."), "platform:outside")


@open_to(staff)
@never_cache
@require_safe
def mine(request: OperatorRequest) -> HttpResponse:
    """A worker's own accounts with outside providers."""
    accounts = list(accounts_of(request.person))
    linked = {account.provider_id for account in accounts}
    others = [each for each in providers_open() if each.pk not in linked]
    return render(request, "operator/outside_mine.html", {"accounts": accounts, "providers": others})


@open_to(staff)
@never_cache
@require_safe
def link(request: OperatorRequest, code: str) -> HttpResponse:
    return prove(request, code, then=reverse("platform:outside_confirm"))


@open_to(staff)
@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request: OperatorRequest) -> HttpResponse:
    """The account proved a moment ago is linked only after a look at whose it is: it may be a neighbour's session."""
    proven = proven_in(request.session, now=request.now)
    if request.method == "POST":
        link_own_account(
            request.person, proven.provider, subject=proven.subject, record=pen_of(request), now=request.now
        )
        forget_proven(request.session)
        return done(request, _("Обліковий запис прив’язано."), "platform:outside_mine")
    return render(request, "operator/outside_confirm.html", {"proven": proven, "login": request.person.login})


@open_to(staff)
@require_POST
def unlinked(request: OperatorRequest, account_id: int) -> HttpResponse:
    if not accounts_of(request.person).filter(pk=account_id).exists():
        raise Missing("people.no_such_account")
    unlink_account(account_id, by=request.person, community_id=None, record=pen_of(request), now=request.now)
    return done(request, _("Обліковий запис відв’язано."), "platform:outside_mine")


@open_to(anyone)
@never_cache
@require_safe
def invited(request: Request) -> HttpResponse:
    """What an administrator's invitation opens."""
    code = request.GET.get("code", "")
    invitation = invitation_known_by(code, now=request.now)
    if invitation is None:
        raise Missing("people.no_such_invitation")
    request.session[INVITATION] = code
    return render(request, "operator/outside_invited.html", {"invitation": invitation})


@open_to(anyone)
@never_cache
@require_safe
def invited_go(request: Request) -> HttpResponse:
    invitation = invitation_known_by(request.session.get(INVITATION, ""), now=request.now)
    if invitation is None:
        raise Missing("people.no_such_invitation")
    return prove(request, invitation.provider.code, then=reverse("platform:outside_accept"))


@open_to(anyone)
@never_cache
@require_http_methods(["GET", "POST"])
def accept(request: Request) -> HttpResponse:
    code = request.session.get(INVITATION, "")
    invitation = invitation_known_by(code, now=request.now)
    if invitation is None:
        raise Missing("people.no_such_invitation")
    proven = proven_in(request.session, now=request.now)
    if request.method == "POST":
        pen = partial(record_staff_act, invitation.person)
        accept_invitation(code, proven.provider, subject=proven.subject, record=pen, now=request.now)
        forget_proven(request.session)
        del request.session[INVITATION]
        return redirect("outside_begin", proven.provider.code)
    return render(request, "operator/outside_confirm.html", {"proven": proven, "login": invitation.person.login})


def invitation_address(code: str) -> str:
    """On the platform's host, wherever the administrator works."""
    host = urlsplit(settings.EDEM.base_url)
    return f"{host.scheme}://{host.netloc}/operator/outside/invited/?code={code}"
