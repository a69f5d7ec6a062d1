"""«Увійти з підписом у браузері»: the widget reads the key in a frame of its own and signs the platform's text."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from edem.foundation.identity import entering
from edem.foundation.identity.claims import Method
from edem.foundation.identity.providers.answering import claims_signed
from edem.foundation.identity.providers.begin_again import begin_url
from edem.foundation.identity.providers.challenge import offered
from edem.foundation.identity.providers.signing_widget.forms import WidgetForm
from edem.foundation.identity.signing_frame import with_widget
from edem.foundation.people.access import anyone, open_to
from edem.foundation.people.requests import Request
from edem.ui.refusals import refusals_shown_on


@open_to(anyone)
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: Request) -> HttpResponse:
    asked = entering.asked(request)
    entering.check_offered(Method.KEP_WIDGET, asked.community, now=request.now)
    given = {"next": asked.next_path, "community": asked.slug}
    form = WidgetForm(request.POST if request.method == "POST" else None, initial=given)
    if form.is_valid():
        with refusals_shown_on(form):
            claims = claims_signed(request, form.cleaned_data["signed"], method=Method.KEP_WIDGET)
            return entering.admitted(request, claims, asked.next_path)
    challenge = offered(
        request.session, site=settings.EDEM.base_url, now=request.now, is_refused=request.method == "POST"
    )
    facts = {
        "form": form,
        "challenge": challenge,
        "widget_url": settings.EDEM.sign_widget_url,
        "begin_url": begin_url(next_path=asked.next_path, community=asked.slug),
    }
    return with_widget(render(request, "identity/kep_widget.html", facts, status=form.status))
