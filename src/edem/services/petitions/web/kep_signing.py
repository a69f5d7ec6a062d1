"""Signing by КЕП over the text: by a file from one's own program (without scripts too), or in the signing widget."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from edem.foundation.identity.explaining import explanation_of
from edem.foundation.identity.providers.signed_upload import signed_bytes
from edem.foundation.identity.queries import may_act_in
from edem.foundation.identity.signing_frame import is_widget_offered, with_widget
from edem.foundation.people.access import open_to, residents
from edem.foundation.people.requests import PersonalRequest
from edem.kernel.errors import Missing
from edem.services.petitions.actions.kep_signing import sign_by_kep
from edem.services.petitions.actions.wishes import signature_by
from edem.services.petitions.queries.kep import is_kep_offered, wording_for
from edem.services.petitions.queries.pages import PetitionPage, petition_page
from edem.services.petitions.rules.kep import CHANNEL
from edem.services.petitions.web.kep_forms import KepForm, KepWidgetForm, TextSignForm
from edem.ui.refusals import refusals_shown_on


@open_to(residents)
@never_cache
@require_http_methods(["GET", "POST"])
def sign(request: PersonalRequest, petition_id: int) -> HttpResponse:
    page = page_to_sign(request, petition_id)
    is_sent = request.method == "POST"
    form = KepForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if form.is_valid():
        with refusals_shown_on(form):
            add(request, petition_id, form, signed_bytes(form.cleaned_data["signed"][0]))
            return redirect("petitions:thanks", petition_id)
    facts = facts_for(request, page, form) | {"by_widget": is_widget_offered(request.community, now=request.now)}
    return render(request, "petitions/kep_sign.html", facts, status=form.status)


@open_to(residents)
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in_browser(request: PersonalRequest, petition_id: int) -> HttpResponse:
    """The same text, signed in the widget's own frame: neither key nor password reaches the platform."""
    page = page_to_sign(request, petition_id)
    if not is_widget_offered(request.community, now=request.now):
        raise Missing("petition.missing")
    form = KepWidgetForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_shown_on(form):
            add(request, petition_id, form, form.cleaned_data["signed"])
            return redirect("petitions:thanks", petition_id)
    facts = facts_for(request, page, form) | {"widget_url": settings.EDEM.sign_widget_url}
    return with_widget(render(request, "petitions/kep_widget.html", facts, status=form.status))


@open_to(residents)
@never_cache
@require_safe
def text(request: PersonalRequest, petition_id: int) -> HttpResponse:
    """The text as a file, to the byte."""
    petition = page_to_sign(request, petition_id).petition
    response = HttpResponse(wording_for(petition).content, content_type="text/plain; charset=utf-8")
    name = f"petition-{petition.number or petition.pk}.txt"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def add(request: PersonalRequest, petition_id: int, form: TextSignForm, signed: bytes) -> None:
    wished = signature_by(
        request.person,
        session_key=request.session.session_key or "",
        community_id=request.community.pk,
        petition_id=petition_id,
        follows=form.cleaned_data["follow"],
        channel=CHANNEL,
        now=request.now,
    )
    for_author = form.cleaned_data["for_author"]
    sign_by_kep(wished, signed, is_for_author=for_author, by=request.person, now=request.now)


def facts_for(request: PersonalRequest, page: PetitionPage, form: TextSignForm) -> dict[str, object]:
    answer = may_act_in(request.person, request.community, now=request.now, age_from=page.charter.minimum_age)
    return {
        "page": page,
        "petition": page.petition,
        "form": form,
        "wording": wording_for(page.petition),
        "explanation": explanation_of(answer, request.community),
    }


def page_to_sign(request: PersonalRequest, petition_id: int) -> PetitionPage:
    page = petition_page(request.community, petition_id, reader=request.person, now=request.now)
    if not is_kep_offered() or page.petition.published_at is None or not page.shows_text:
        raise Missing("petition.missing")
    return page
