"""Signing and following by plain forms; the page's script uses the intake and the same action."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from edem.foundation.identity.explaining import explanation_of
from edem.foundation.identity.queries import may_act_in
from edem.foundation.intake.acts import take_one
from edem.foundation.people.access import open_to, residents
from edem.foundation.people.requests import PersonalRequest
from edem.services.petitions.actions.following import follow, unfollow
from edem.services.petitions.actions.signing import add_signatures
from edem.services.petitions.actions.wishes import NewSignature, signature_by
from edem.services.petitions.queries.kep import is_kep_offered
from edem.services.petitions.queries.pages import petition_for, petition_page
from edem.services.petitions.queries.withheld import check_text_is_shown
from edem.services.petitions.web.forms import SignForm
from edem.ui.refusals import refusals_shown_on


@open_to(residents)
@require_http_methods(["GET", "POST"])
def sign(request: PersonalRequest, petition_id: int) -> HttpResponse:
    form = SignForm(request.POST or None)
    if form.is_valid():
        with refusals_shown_on(form):
            check_text_is_shown(petition_for(request.community, petition_id, reader=request.person))
            wished = signature_of(request, petition_id, follows=form.cleaned_data["follow"])
            take_one(add_signatures, wished)  # a batch of one; raises its refusal
            return redirect("petitions:thanks", petition_id)
    page = petition_page(request.community, petition_id, reader=request.person, now=request.now)
    answer = may_act_in(
        request.person,
        request.community,
        now=request.now,
        age_from=page.charter.minimum_age,
        assurances=page.charter.counted_assurance,
    )
    explanation = explanation_of(answer, request.community)
    facts = {
        "page": page,
        "petition": page.petition,
        "form": form,
        "explanation": explanation,
        "is_kep_offered": is_kep_offered(),
    }
    return render(request, "petitions/sign.html", facts, status=form.status)


@open_to(residents)
@require_safe
def thanks(request: PersonalRequest, petition_id: int) -> HttpResponse:
    page = petition_page(request.community, petition_id, reader=request.person, now=request.now)
    if not page.has_signed:
        return redirect("petitions:card", petition_id)
    return render(request, "petitions/thanks.html", {"page": page, "petition": page.petition})


@open_to(residents)
@require_POST
def start_following(request: PersonalRequest, petition_id: int) -> HttpResponse:
    petition = petition_for(request.community, petition_id, reader=request.person)
    follow(petition, by=request.person, now=request.now)
    return redirect("petitions:card", petition_id)


@open_to(residents)
@require_POST
def stop_following(request: PersonalRequest, petition_id: int) -> HttpResponse:
    petition = petition_for(request.community, petition_id, reader=request.person)
    unfollow(petition, by=request.person)
    return redirect("petitions:card", petition_id)


def signature_of(request: PersonalRequest, petition_id: int, *, follows: bool) -> NewSignature:
    return signature_by(
        request.person,
        session_key=request.session.session_key or "",
        community_id=request.community.pk,
        petition_id=petition_id,
        follows=follows,
        channel="form",
        now=request.now,
    )
