"""«Увійти з файлом підпису»: take the text, sign it in one's own program, bring the file. Works without scripts."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from edem.foundation.identity import entering
from edem.foundation.identity.claims import Method
from edem.foundation.identity.providers.answering import claims_signed
from edem.foundation.identity.providers.begin_again import begin_url
from edem.foundation.identity.providers.challenge import LIFE, offered
from edem.foundation.identity.providers.kep_file.forms import SignedFileForm
from edem.foundation.identity.providers.signed_upload import signed_bytes
from edem.foundation.people.access import anyone, open_to
from edem.foundation.people.requests import Request
from edem.ui.refusals import refusals_shown_on

FILE_NAME = "vhid-e-dem.txt"


@open_to(anyone)
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: Request) -> HttpResponse:
    asked = entering.asked(request)
    entering.check_offered(Method.KEP_FILE, asked.community, now=request.now)
    given = {"next": asked.next_path, "community": asked.slug}
    is_sent = request.method == "POST"
    form = SignedFileForm(request.POST if is_sent else None, request.FILES if is_sent else None, initial=given)
    if form.is_valid():
        with refusals_shown_on(form):
            claims = claims_signed(request, signed_bytes(form.cleaned_data["signed"][0]), method=Method.KEP_FILE)
            return entering.admitted(request, claims, asked.next_path)
    challenge = offered(
        request.session, site=settings.EDEM.base_url, now=request.now, is_refused=request.method == "POST"
    )
    facts = {
        "form": form,
        "challenge": challenge,
        "minutes": int(LIFE.total_seconds() // 60),
        "text_url": reverse("identity:kep_file_text"),
        "begin_url": begin_url(next_path=asked.next_path, community=asked.slug),
    }
    return render(request, "identity/kep_file.html", facts, status=form.status)


@open_to(anyone)
@never_cache
@require_safe
def text(request: Request) -> HttpResponse:
    """The text as a file, to the byte."""
    challenge = offered(request.session, site=settings.EDEM.base_url, now=request.now)
    response = HttpResponse(challenge.content, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response
