"""What every way of identification ends in: known people go on, newcomers are asked for consent, refusals are said."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from urllib.parse import urlencode

from django.contrib.auth import login
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from edem.foundation.communities.models import Community
from edem.foundation.identity import pending
from edem.foundation.identity.actions import admit_person
from edem.foundation.identity.claims import Claims, Method
from edem.foundation.identity.places_to_go import community_called, home_of, safe_next
from edem.foundation.identity.queries import has_consented, person_known_by
from edem.foundation.identity.sessions import METHOD, leave_to
from edem.foundation.identity.settling import methods_of
from edem.foundation.people.models import Person
from edem.foundation.people.requests import Request
from edem.foundation.people.views import BACKEND
from edem.kernel.errors import NotAllowed, Refused
from edem.ui.refusals import sentence_of

NEXT = "sign_in_next"
"""Where the session keeps the page that a newcomer goes on to after the consent."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """For whose pages somebody signs in and where they want to go on; both come from the address and are checked."""

    next_path: str
    slug: str
    community: Community | None


def asked(request: Request) -> Asked:
    given = request.POST or request.GET
    community = community_called(given.get("community", ""))
    next_path = safe_next(given.get("next", ""), otherwise=home_of(community))
    return Asked(next_path=next_path, slug=community.slug if community else "", community=community)


def check_offered(method: Method, community: Community | None, *, now: datetime) -> None:
    """Refuse a way that the council has switched off or the installation is not connected to."""
    if method not in methods_of(community, now=now):
        raise NotAllowed("identity.method_not_offered")


def admitted(request: Request, claims: Claims, next_path: str) -> HttpResponse:
    """Let in whom these claims name. Of a newcomer nothing is written before they consent."""
    known = person_known_by(claims)
    request.session[NEXT] = next_path
    if known is None or not has_consented(known):
        pending.keep(request.session, claims, now=request.now)
        return redirect("identity:consent")
    sign_in(request, admit_person(claims, consents=False, now=request.now), claims)
    return redirect(next_path)


def sign_in(request: Request, person: Person, claims: Claims) -> None:
    next_path = request.session.get(NEXT, "")
    with transaction.atomic():  # the session, its line in the list and the person's last day here: one commit
        leave_to(person, request)
        request.session[METHOD], request.session[NEXT] = claims.method, next_path
        login(request, person, backend=BACKEND)


def refused(request: Request, refusal: Refused, *, next_path: str = "", community: str = "") -> HttpResponse:
    """The page that says what happened and what to do; the way back to the same goal is kept."""
    again = {"next": next_path, "community": community} if next_path else {}
    facts = {
        "sentence": sentence_of(refusal),
        "again_url": f"{reverse('identity:begin')}?{urlencode(again)}",
        "community": community_called(community),
        "is_provider_fault": refusal.status == HTTPStatus.BAD_GATEWAY,
    }
    return render(request, "identity/refused.html", facts, status=refusal.status)
