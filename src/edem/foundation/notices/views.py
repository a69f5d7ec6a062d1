"""The page behind «Не писати мені про це»; the sealed token in its address is the only proof it needs."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from edem.foundation.notices.stopping import mailing_of
from edem.foundation.notices.tokens import open_sealed
from edem.foundation.people.access import anyone, open_to
from edem.foundation.people.requests import Request


@csrf_exempt  # a mail program presses the button itself and has no cookie of ours (RFC 8058)
@open_to(anyone)
@require_http_methods(["GET", "POST"])
def unsubscribe(request: Request, token: str) -> HttpResponse:
    """GET only asks: mail scanners follow links."""
    mailing = mailing_of(open_sealed(token))
    done = request.method == "POST"
    if done and request.POST.get("mail") == "on":
        mailing.resume(request.now)
    elif done:
        mailing.stop(request.now)
    is_on = not done if not mailing.can_resume else mailing.is_on()
    page = {"mailed": is_on, "words": mailing.words(), "done": done, "can_resume": mailing.can_resume}
    return render(request, "notices/unsubscribe.html", {"page": page})
