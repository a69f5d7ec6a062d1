"""Membership on pages: why a resident may not act yet, and where an officer or the CNAP confirms it."""

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from edem.foundation.identity.actions import DECIDE_MEMBERSHIP, decide_membership, end_membership, find_person
from edem.foundation.identity.explaining import explanation_of
from edem.foundation.identity.forms import MembershipForm, PersonNumberForm
from edem.foundation.identity.queries import may_act_in, memberships_of, standing_of
from edem.foundation.people.access import open_to, residents, staff
from edem.foundation.people.models import Person
from edem.foundation.people.requests import PersonalRequest
from edem.foundation.places.queries import settlements_of
from edem.ui.refusals import refusals_shown_on


@open_to(residents)
@never_cache
@require_safe
def why(request: PersonalRequest) -> HttpResponse:
    """«Чому я не можу підписати»; `age` is the least age of what the reader came from."""
    age = request.GET.get("age", "")
    age_from = int(age) if age.isdecimal() and age.isascii() else 0
    answer = may_act_in(request.person, request.community, now=request.now, age_from=age_from)
    facts = {
        "explanation": explanation_of(answer, request.community),
        "standing": standing_of(request.person, request.community, now=request.now),
    }
    return render(request, "identity/why.html", facts)


@open_to(staff.having(*DECIDE_MEMBERSHIP))
@never_cache
@require_http_methods(["GET", "POST"])
def find(request: PersonalRequest) -> HttpResponse:
    form = PersonNumberForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_shown_on(form):
            number = form.cleaned_data["number"]
            person = find_person(number, community_id=request.community.pk, by=request.person, now=request.now)
            return redirect("identity:member", person.pk)
    return render(request, "identity/members.html", {"form": form}, status=form.status)


@open_to(staff.having(*DECIDE_MEMBERSHIP))
@never_cache
@require_http_methods(["GET", "POST"])
def member(request: PersonalRequest, person_id: uuid.UUID) -> HttpResponse:
    """Confirm or end one person's membership; of the person only the name is shown."""
    person = get_object_or_404(Person, pk=person_id, login__isnull=True)
    current = memberships_of(person).filter(community=request.community, until__isnull=True).first()
    if request.method == "POST" and current is not None:
        end_membership(current.pk, by=request.person, now=request.now)
        return redirect("identity:member", person.pk)
    form = MembershipForm(
        request.POST if request.method == "POST" else None, settlements=settlements_of(request.community.katottg)
    )
    if form.is_valid():
        with refusals_shown_on(form):
            decide_membership(
                person.pk,
                community_id=request.community.pk,
                settlement_code=form.cleaned_data["settlement"],
                evidence=form.cleaned_data["evidence"],
                by=request.person,
                now=request.now,
            )
            return redirect("identity:member", person.pk)
    facts = {"form": form, "member": person, "current": current}
    return render(request, "identity/member.html", facts, status=form.status)
