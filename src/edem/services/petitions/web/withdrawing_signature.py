"""Taking one's signature back: a page that says it is for good, and a button."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from edem.foundation.people.access import open_to, residents
from edem.foundation.people.requests import PersonalRequest
from edem.services.petitions.actions.withdrawing_signature import withdraw_signature
from edem.services.petitions.queries.pages import petition_for
from edem.ui.forms import Form
from edem.ui.refusals import refusals_shown_on


@open_to(residents)
@require_http_methods(["GET", "POST"])
def unsign(request: PersonalRequest, petition_id: int) -> HttpResponse:
    petition = petition_for(request.community, petition_id, reader=request.person)
    form = Form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            withdraw_signature(petition.pk, by=request.person, now=request.now)
            messages.success(request, _("Ваш підпис відкликано."))
            return redirect("petitions:card", petition.pk)
    return render(request, "petitions/unsign.html", {"petition": petition, "form": form}, status=form.status)
