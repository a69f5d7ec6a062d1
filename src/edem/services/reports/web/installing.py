"""The form as an installable app: its manifest and icon, the service worker, the page that works without a network."""

import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Final

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from edem.foundation.people.access import anyone, open_to
from edem.foundation.people.requests import CommunityRequest
from edem.services.reports.queries.drafts import named
from edem.services.reports.web.choosing import tree_shown
from edem.services.reports.web.sending_offline import take_from_outbox
from edem.ui.ornament import emblem

_STATIC: Final = Path(__file__).parents[1] / "static/reports"
_ASSETS: Final = (
    "ui/core.css",
    "ui/icon.svg",
    "ui/js/start.js",
    "ui/js/words.js",
    "reports/js/app.js",
    "reports/js/outbox.js",
    "reports/js/shelf.js",
    "reports/js/task-outbox.js",
    "reports/js/device-place.js",
    "vendor/onest/onest-cyrillic-wght-normal.woff2",
)
_SCRIPTS: Final = ("js/shelf.js", "js/outbox.js", "worker.js")
_UNAUTHORISED: Final = 401
ICON_SIDE: Final = 512


@open_to(anyone)
@require_safe
def manifest(request: CommunityRequest) -> HttpResponse:
    community = request.community
    told = {
        "id": reverse("reports:list"),
        "name": _("Відкрите місто — %(community)s") % {"community": community.name},
        "short_name": _("Відкрите місто"),
        "lang": "uk",
        "start_url": reverse("reports:start"),
        "scope": reverse("reports:list"),
        "display": "standalone",
        "background_color": "#fbfaf7",
        "theme_color": community.accent,
        "icons": [{"src": reverse("reports:app_icon"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}],
    }
    return kept_an_hour(JsonResponse(told, content_type="application/manifest+json"))


@open_to(anyone)
@require_safe
def icon(request: CommunityRequest) -> HttpResponse:
    community = request.community
    drawn = emblem(community.katottg, size=ICON_SIDE, threads=(community.accent, "#c2453a"))
    return kept_an_hour(HttpResponse(drawn, content_type="image/svg+xml"))


@open_to(anyone)
@require_safe
def worker(_request: CommunityRequest) -> HttpResponse:
    """Its own functions after those of the page, and the addresses of what it keeps before both."""
    assets = [static(each) for each in _ASSETS]
    told = {"DOOR": reverse("reports:outbox"), "PAGE": reverse("reports:offline"), "ASSETS": assets}
    body = "".join(f"const {name} = {json.dumps(value)}\n" for name, value in told.items()) + _script()
    version = hashlib.sha256(body.encode()).hexdigest()[:12]
    response = HttpResponse(f'const VERSION = "{version}"\n{body}', content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@open_to(anyone)
@require_safe
def offline(request: CommunityRequest) -> HttpResponse:
    """Nobody's own: the worker keeps it for whoever opens the app without a network."""
    tree = tree_shown(named(request.community), chosen=(), likely=(), found=None)
    return render(request, "reports/offline.html", {"directions": tree.directions})


@open_to(anyone)
@require_http_methods(["GET", "POST"])
def outbox(request: CommunityRequest) -> HttpResponse:
    """Where waiting reports come in; the script hears whether anybody is signed in before it sends photos."""
    if request.method == "POST":
        response = take_from_outbox(request, request.person) if request.person else sign_in_first()
    else:
        response = JsonResponse({"signed_in": request.person is not None, "token": get_token(request)})
    response["Cache-Control"] = "no-store"
    return response


def sign_in_first() -> HttpResponse:
    return JsonResponse({"code": "sign_in", "message": _("Увійдіть, щоб надіслати.")}, status=_UNAUTHORISED)


def kept_an_hour(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "public, max-age=3600"
    return response


@cache
def _script() -> str:
    """The page's modules and its own part as one script: a worker knows no import map."""
    whole = "".join((_STATIC / each).read_text(encoding="utf-8") for each in _SCRIPTS)
    return re.sub(r"^(export |import .*\n)", "", whole, flags=re.MULTILINE)
