"""Each sign-in becomes a line in the person's list of sessions; each sign-out ends its act pass at once."""

from datetime import datetime
from typing import Any

from django.contrib.auth import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.utils import timezone

from edem.foundation.identity.ending import revoke
from edem.foundation.identity.models import SignIn
from edem.foundation.people.models import Person
from edem.foundation.people.requests import Request

METHOD = "sign_in_method"
"""Where the session keeps how its person was identified."""
PASSWORD = "password"  # noqa: S105 - the name of a method

_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
            ("Mac OS", "macOS"), ("Linux", "Linux"))  # fmt: skip


def device_of(user_agent: str) -> str:
    """«Firefox, Windows»: enough to recognise one's own device by."""
    found = (next((name for sign, name in signs if sign in user_agent), "") for signs in (_BROWSERS, _SYSTEMS))
    return ", ".join(filter(None, found))


@receiver(user_logged_in)
def remember_sign_in(request: Request, user: Person, **_: Any) -> None:
    SignIn.objects.create(
        person=user,
        session_key=request.session.session_key or "",
        method=request.session.get(METHOD, PASSWORD),
        device=device_of(request.headers.get("User-Agent", "")),
        started_at=_moment(request),
    )


@receiver(user_logged_out)
def end_act_pass(request: Request, user: Person | None, **_: Any) -> None:
    session_key = request.session.session_key
    if user is None or session_key is None:
        return
    SignIn.objects.filter(session_key=session_key).update(ended_at=_moment(request))
    revoke([session_key], now=_moment(request))


def _moment(request: Request) -> datetime:
    """The request's own moment; Django's test client signs in with a request that went through no middleware."""
    return getattr(request, "now", None) or timezone.now()  # noqa: TID251 - then this is the edge
