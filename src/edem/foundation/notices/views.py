"""The page behind «Не писати мені про це»; the sealed token in its address is the only proof it needs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from edem.foundation.notices.actions import choose_topic
from edem.foundation.notices.queries import is_mailed
from edem.foundation.notices.tokens import open_sealed
from edem.foundation.notices.topics import topics
from edem.foundation.people.access import anyone, open_to
from edem.foundation.people.requests import Request


@csrf_exempt  # a mail program presses the button itself and has no cookie of ours (RFC 8058)
@open_to(anyone)
@require_http_methods(["GET", "POST"])
def unsubscribe(request: Request, token: str) -> HttpResponse:
    """GET only asks: mail scanners follow links."""
    subscription = open_sealed(token)
    if request.method == "POST":
        wanted = request.POST.get("mail") == "on"
        choose_topic(subscription.person_id, subscription.topic, is_mailed=wanted, now=request.now)
    return _page(request, mailed=is_mailed(subscription.person_id, subscription.topic), topic=subscription.topic)


def _page(request: HttpRequest, *, mailed: bool, topic: str) -> HttpResponse:
    words = topics().get(topic)
    page = {"mailed": mailed, "topic": gettext(words) if words else topic, "done": request.method == "POST"}
    return render(request, "notices/unsubscribe.html", {"page": page})
