"""The way through an outside provider: out with state, nonce and PKCE, back with an account that is proven."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from allauth.account.authentication import get_authentication_records
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from edem.foundation.people.access import person_of
from edem.foundation.people.models import OutsideProvider, Person
from edem.foundation.people.outside.queries import provider_called
from edem.kernel.errors import Conflict, NotAllowed

PROVEN = "outside_proven"
PROVEN_SECONDS = 600
SESSION_THERE = "outside_session"
"""Where our session keeps what the provider calls its own one (`sid`)."""
ENTER, PROVE = "enter", "prove"


@dataclass(frozen=True, kw_only=True)
class Proven:
    """An account whose holder has just signed in with the provider; linked to nobody yet."""

    provider: OutsideProvider
    subject: str
    name: str
    """As the provider calls them: shown once, kept nowhere."""


def came_through(request: HttpRequest, person: Person | None = None) -> str:
    """The code of the provider by which this session began, or nothing."""
    records = get_authentication_records(request, person or person_of(request))
    through = [record.get("provider", "") for record in records if record.get("method") == "socialaccount"]
    return str(through[-1]) if through else ""


def hash_there(provider: str, name: str) -> str:
    """Of what a provider calls something of its own; two providers may use the same name."""
    return hashlib.sha256(f"{provider}/{name}".encode()).hexdigest()


def farewell(code: str) -> str:
    """On the platform's host: it says that one is still signed in there."""
    return f"/staff/outside/{code}/left/"


def new_nonce() -> str:
    return secrets.token_urlsafe(32)


def keep_proven(request: HttpRequest, code: str, *, subject: str, name: str, now: datetime) -> None:
    request.session[PROVEN] = {"code": code, "subject": subject, "name": name[:200], "at": now.timestamp()}


def proven_in(session: SessionBase, *, now: datetime) -> Proven:
    """What this browser has proved in the last ten minutes."""
    kept = session.get(PROVEN)
    if not isinstance(kept, dict) or now.timestamp() - kept["at"] > PROVEN_SECONDS:
        raise Conflict("people.outside_stale")
    provider = provider_called(kept["code"])
    if provider is None:
        raise NotAllowed("people.no_such_provider")
    return Proven(provider=provider, subject=kept["subject"], name=kept["name"])


def forget_proven(session: SessionBase) -> None:
    session.pop(PROVEN, None)
