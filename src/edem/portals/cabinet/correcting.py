"""«Виправити дані»: what to do oneself, and a request to the council, answered within 30 days."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from edem.foundation.identity.correction_rules import DECISION_WORDS, Decision
from edem.foundation.identity.models import Correction
from edem.foundation.identity.privacy.correcting import ask_correction, take_back_correction
from edem.foundation.identity.privacy.corrections import corrections_of
from edem.foundation.identity.purposes import FIELD_WORDS
from edem.foundation.people.access import open_to, residents
from edem.foundation.people.requests import PersonalRequest
from edem.portals.cabinet.forms import CorrectionForm
from edem.ui.refusals import refusals_shown_on

MOST = 20


@open_to(residents)
@never_cache
@require_http_methods(["GET", "POST"])
def correct(request: PersonalRequest) -> HttpResponse:
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_shown_on(form):
            typed = form.cleaned_data
            ask_correction(
                request.person,
                typed["fields_wrong"],
                typed["words"],
                community_id=request.community.pk,
                now=request.now,
            )
            return redirect("cabinet:correct")
    known = [_shown(each) for each in corrections_of(request.person)[:MOST]]
    waiting = next((each for each, _words, _fields in known if each.decision == Decision.WAITING), None)
    facts = {"form": form, "known": known, "waiting": waiting}
    return render(request, "cabinet/correct.html", facts, status=form.status)


@open_to(residents)
@require_POST
def take_back(request: PersonalRequest) -> HttpResponse:
    take_back_correction(request.person, now=request.now)
    return redirect("cabinet:correct")


def _shown(correction: Correction) -> tuple[Correction, str, str]:
    words = _(DECISION_WORDS[Decision(correction.decision)])
    return correction, words, ", ".join(_(FIELD_WORDS[field]) for field in correction.fields)
