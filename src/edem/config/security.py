"""Headers that keep pages from running or embedding what is not ours (design §6), and a check of what may be kept."""

from collections.abc import Callable
from functools import cache
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from edem.foundation.communities.look import look_css
from edem.foundation.live.kept import TAGS_HEADER, check_impersonal
from edem.foundation.people.access import community_of
from edem.ui.first_paint import script_sources, style_sources
from edem.ui.maps import map_hosts

Answer = Callable[[HttpRequest], HttpResponseBase]

UPLOADED: Final = "default-src 'none'; img-src 'self'; media-src 'self'; sandbox; frame-ancestors 'none'"
"""Somebody's file: shown or saved, never run."""
FEATURES_OFF: Final = (
    "accelerometer", "autoplay", "bluetooth", "camera", "display-capture", "encrypted-media", "gyroscope", "hid",
    "magnetometer", "microphone", "midi", "payment", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
PERMISSIONS: Final = ", ".join([*(f"{feature}=()" for feature in FEATURES_OFF), "geolocation=(self)"])


def security_headers(get_response: Answer) -> Answer:
    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        uploaded = request.path_info.startswith(settings.MEDIA_URL)
        response.setdefault("Content-Security-Policy", UPLOADED if uploaded else policy_for(request, response))
        response.setdefault("Permissions-Policy", PERMISSIONS)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not getattr(response, "xframe_options_exempt", False):
            response.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        _check_kept(response)
        return response

    return answer


def policy_for(request: HttpRequest, response: HttpResponseBase) -> str:
    """A page that shows another site in a frame names it as `frames_from`; all the others show none."""
    framed: str = getattr(response, "frames_from", "")
    community = community_of(request)
    policy = content_policy(look=look_css(community.accent) if community else "")
    return f"{policy}; frame-src {framed}" if framed else policy


def content_policy(*, look: str = "") -> str:
    """Nothing inline but what our own hashes name; forms go to us and to the sign-in they lead to."""
    return _policy(settings.EDEM.id_gov_ua_url, settings.EDEM.bank_id_url, maps=tuple(map_hosts()), look=look)


@cache
def _policy(*sign_in: str, maps: tuple[str, ...], look: str) -> str:
    providers = [f"{parts.scheme}://{parts.netloc}" for parts in map(urlsplit, sign_in) if parts.netloc]
    rules = {
        "default-src": "'self'",
        "script-src": script_sources(),
        "style-src": style_sources(look),
        "img-src": " ".join(["'self' data: blob:", *maps]),
        "font-src": "'self'",
        "connect-src": " ".join(["'self'", *maps]),
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": " ".join(["'self'", *providers]),
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _check_kept(response: HttpResponseBase) -> None:
    """A personal thing in a kept page stops the tests; in production the front door refuses to keep it and logs."""
    strict = getattr(settings, "STRICT_KEEPING", False)
    if strict and response.has_header(TAGS_HEADER) and isinstance(response, HttpResponse):
        check_impersonal(response)
