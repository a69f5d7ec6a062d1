"""The demo's own page: who you can be and what to try. A real installation has no such page."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from edem.config.sample.guide import demo_guide
from edem.foundation.people.access import anyone, open_to
from edem.foundation.people.requests import Request


@open_to(anyone)
@require_GET
def demo_page(request: Request) -> HttpResponse:
    if not settings.SANDBOX:
        raise Http404
    return render(request, "sample/guide.html", {"guide": demo_guide(request.now)})
