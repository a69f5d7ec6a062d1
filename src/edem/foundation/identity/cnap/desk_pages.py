"""The CNAP desk: whom somebody is, what they belong to, and what can be done about it."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from edem.foundation.identity.cnap.forms import MergeForm, NewNameForm, ProofForm, RegisterForm
from edem.foundation.identity.cnap.reading import Account, account, waiting_in
from edem.foundation.identity.cnap.registering import find_person, register_person
from edem.foundation.identity.errors import ProviderFault
from edem.foundation.identity.forms import PersonNumberForm
from edem.foundation.identity.membership.asking import ask_register
from edem.foundation.identity.membership.deciding import decide_membership, end_membership
from edem.foundation.identity.membership.kinds import Kind
from edem.foundation.identity.membership.register import connected_register
from edem.foundation.identity.membership.scans import Scan, scan_for
from edem.foundation.identity.membership.settling import membership_charter
from edem.foundation.identity.models import Proposal
from edem.foundation.identity.persons.merging import propose_merge
from edem.foundation.identity.persons.naming import propose_new_name
from edem.foundation.identity.two_officers import DECIDE_MEMBERSHIP
from edem.foundation.people.access import open_to, staff
from edem.foundation.people.requests import PersonalRequest
from edem.foundation.places.queries import settlements_of
from edem.ui.refusals import refusals_shown_on

clerks = staff.having(*DECIDE_MEMBERSHIP)


@open_to(clerks)
@never_cache
@require_http_methods(["GET", "POST"])
def find(request: PersonalRequest) -> HttpResponse:
    """The door: a document's number, or what waits for a second pair of eyes."""
    form = PersonNumberForm(sent(request))
    if form.is_valid():
        with refusals_shown_on(form):
            number = form.cleaned_data["number"]
            person = find_person(number, **by_clerk(request))
            return redirect("identity:member", person.pk)
    facts = {"form": form, "waiting": waiting_in(request.community)}
    return render(request, "identity/desk/find.html", facts, status=form.status)


@open_to(clerks)
@never_cache
@require_http_methods(["GET", "POST"])
def register(request: PersonalRequest) -> HttpResponse:
    """Somebody who has never signed in and has no smartphone to do it with."""
    form = RegisterForm(sent(request))
    if form.is_valid():
        with refusals_shown_on(form):
            return redirect("identity:member", register_person(form.shown, **by_clerk(request)).pk)
    return render(request, "identity/desk/register.html", {"form": form}, status=form.status)


@open_to(clerks)
@never_cache
@require_safe
def member(request: PersonalRequest, person_id: uuid.UUID) -> HttpResponse:
    """One account as a clerk sees it: a name, what it belongs to and why. Nothing of the vault."""
    facts = {"page": shown(request, person_id), "register": request.GET.get("register", "")}
    return render(request, "identity/desk/member.html", facts | {"asks_register": connected_register() is not None})


@open_to(clerks)
@never_cache
@require_http_methods(["GET", "POST"])
def prove(request: PersonalRequest, person_id: uuid.UUID) -> HttpResponse:
    page = shown(request, person_id)
    kinds = [kind for kind in charter_kinds(request) if kind is not Kind.ADDRESS] or [Kind.OFFICER]
    settlements = settlements_of(request.community.katottg)
    form = ProofForm(sent(request), request.FILES or None, settlements=settlements, kinds=kinds)
    if form.is_valid():
        with refusals_shown_on(form):
            scan = next(iter(form.cleaned_data["scan"]), None)
            return after(decide_membership(page.person.pk, proof=form.proof, scan=scan, **by_clerk(request)), person_id)
    return render(request, "identity/desk/prove.html", {"page": page, "form": form}, status=form.status)


@open_to(clerks)
@never_cache
@require_POST
def end(request: PersonalRequest, person_id: uuid.UUID) -> HttpResponse:
    current = shown(request, person_id).current
    end_membership(current.pk if current else 0, by=request.person, now=request.now)
    return redirect("identity:member", person_id)


@open_to(clerks)
@never_cache
@require_POST
def ask(request: PersonalRequest, person_id: uuid.UUID) -> HttpResponse:
    """Ask the register, with the person before the desk; what came of it stands on the page."""
    try:
        outcome: str = ask_register(person_id, **by_clerk(request))
    except ProviderFault as silence:
        outcome = silence.code.removeprefix("identity.")
    return redirect(f"{reverse('identity:member', args=[person_id])}?{urlencode({'register': outcome})}")


@open_to(clerks)
@never_cache
@require_http_methods(["GET", "POST"])
def rename(request: PersonalRequest, person_id: uuid.UUID) -> HttpResponse:
    page, form = shown(request, person_id), NewNameForm(sent(request))
    if form.is_valid():
        with refusals_shown_on(form):
            evidence = form.cleaned_data["evidence"]
            return after(propose_new_name(page.person.pk, form.name, evidence=evidence, **by_clerk(request)), person_id)
    return render(request, "identity/desk/rename.html", {"page": page, "form": form}, status=form.status)


@open_to(clerks)
@never_cache
@require_http_methods(["GET", "POST"])
def merge(request: PersonalRequest, person_id: uuid.UUID) -> HttpResponse:
    """Both documents lie on the desk: the account of the second one becomes part of this one."""
    page, form = shown(request, person_id), MergeForm(sent(request))
    if form.is_valid():
        with refusals_shown_on(form):
            other = find_person(form.cleaned_data["number"], **by_clerk(request))
            evidence = form.cleaned_data["evidence"]
            return after(propose_merge(page.person.pk, other.pk, evidence=evidence, **by_clerk(request)), person_id)
    return render(request, "identity/desk/merge.html", {"page": page, "form": form}, status=form.status)


@open_to(clerks)
@never_cache
@require_safe
def scan(request: PersonalRequest, fact_id: int) -> HttpResponse:
    """Each look at it is written down for its owner."""
    return given_out(scan_for(fact_id, **by_clerk(request)))


def given_out(scan: Scan) -> HttpResponse:
    """Seen or saved, never run and never kept by anyone on the way."""
    response = HttpResponse(scan.content, content_type=scan.content_type)
    response["Content-Disposition"] = f'{"inline" if scan.is_shown else "attachment"}; filename="{scan.name}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def by_clerk(request: PersonalRequest) -> dict[str, Any]:
    """Where, by whom and when: what every act at the desk is told."""
    return {"community_id": request.community.pk, "by": request.person, "now": request.now}


def after(decided: object, person_id: uuid.UUID) -> HttpResponse:
    if isinstance(decided, Proposal):
        return redirect("identity:proposal", decided.pk)
    return redirect("identity:member", person_id)


def shown(request: PersonalRequest, person_id: uuid.UUID) -> Account:
    return account(person_id, community=request.community, now=request.now)


def charter_kinds(request: PersonalRequest) -> tuple[Kind, ...]:
    return membership_charter(request.community.pk, now=request.now).kinds


def sent(request: PersonalRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
