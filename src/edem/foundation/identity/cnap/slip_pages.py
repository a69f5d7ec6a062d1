"""Signing in with a slip: the code from the paper and something the person knows."""

from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from edem.foundation.identity.claims import Method
from edem.foundation.identity.cnap.forms import SlipForm
from edem.foundation.identity.entering import asked
from edem.foundation.identity.persons.slips import enter_with_slip
from edem.foundation.identity.sessions import METHOD
from edem.foundation.people.access import anyone, open_to
from edem.foundation.people.requests import Request
from edem.foundation.people.views import BACKEND
from edem.ui.refusals import refusals_shown_on


@open_to(anyone)
@never_cache
@require_http_methods(["GET", "POST"])
def slip(request: Request) -> HttpResponse:
    wish = asked(request)
    if request.person is not None:
        return redirect(wish.next_path)
    given = {"next": wish.next_path, "community": wish.slug}
    form = SlipForm(request.POST if request.method == "POST" else None, initial=given)
    if form.is_valid():
        with refusals_shown_on(form):
            entry = enter_with_slip(form.cleaned_data["code"], form.cleaned_data["answer"], now=request.now)
            request.session[METHOD] = Method.CNAP_SLIP
            login(request, entry.person, backend=BACKEND)
            return redirect(wish.next_path if wish.next_path != "/" else f"/{entry.community_slug}/")
    facts = {"form": form, "community": wish.community}
    return render(request, "identity/slip.html", facts, status=form.status)
