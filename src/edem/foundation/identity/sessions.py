"""Each sign-in becomes a line in the person's list of sessions; each sign-out ends its act pass at once."""

from datetime import datetime
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.signals import password_changed
from django.contrib.auth import logout, user_logged_in, user_logged_out
from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone

from edem.foundation.identity.claims import Method
from edem.foundation.identity.ending import end_sessions_of, rename_session, revoke
from edem.foundation.identity.models import SignIn
from edem.foundation.identity.persons.slips import session_ends_at
from edem.foundation.people.endings import session_renamed, work_ended
from edem.foundation.people.models import Person
from edem.foundation.people.outside.flow import SESSION_THERE, came_through, hash_there
from edem.foundation.people.requests import Request

METHOD = "sign_in_method"
"""Where the session keeps how its person was identified."""
PASSWORD = "password"  # noqa: S105 - the name of a method
OUTSIDE = "outside"
"""Through a city's own provider."""
ORIGIN = "sign_in_origin"
"""Where a session on a community's own host keeps the key of the one it was handed over from."""

_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
            ("Mac OS", "macOS"), ("Linux", "Linux"))  # fmt: skip


def device_of(user_agent: str) -> str:
    """«Firefox, Windows»: enough to recognise one's own device by."""
    found = (next((name for sign, name in signs if sign in user_agent), "") for signs in (_BROWSERS, _SYSTEMS))
    return ", ".join(filter(None, found))


@receiver(user_logged_in)
def remember_sign_in(request: Request, user: Person, **_: Any) -> None:
    """Whoever proves themselves again within their own session has one line still."""
    line = SignIn(
        person=user,
        session_key=_key_of(request),
        method=_method_of(request, user),
        origin=request.session.get(ORIGIN, ""),
        **_there(request, user),
        device=device_of(request.headers.get("User-Agent", "")),
        started_at=_moment(request),
    )
    told = ["method", "origin", "through", "session_there", "device", "started_at"]
    SignIn.objects.bulk_create([line], update_conflicts=True, unique_fields=["session_key"], update_fields=told)


def _key_of(request: Request) -> str:
    """Where somebody else's session was, it has just been thrown away, and the new one has no key yet."""
    if request.session.session_key is None:
        request.session.create()
    return str(request.session.session_key)


def leave_to(person: Person, request: Request) -> None:
    """Somebody else was signed in by this browser: theirs ends as if they had left, and takes nothing new along."""
    if request.user.is_authenticated and request.user != person:
        logout(request)


@receiver(user_logged_in)
def end_with_the_slip(request: Request, user: Person, **_: Any) -> None:
    """A session by a printed slip is short, on a community's own host as well."""
    if request.session.get(METHOD) == Method.CNAP_SLIP:
        ends_at = session_ends_at(user)
        left = (ends_at - _moment(request)).total_seconds() if ends_at else 0
        request.session.set_expiry(max(1, int(left)))


@receiver(user_logged_out)
def end_act_pass(request: Request, user: Person | None, **_: Any) -> None:
    """Whoever leaves one host leaves all to which this sign-in was handed over."""
    session_key = request.session.session_key
    if user is None or session_key is None:
        return
    with transaction.atomic():
        revoke([session_key], now=_moment(request))
        end_sessions_of(user, now=_moment(request), only=session_key)


@receiver(work_ended)
def end_work(person: Person, now: datetime, **_: Any) -> None:
    """A role was taken back or the account closed: whatever is open is closed in the same transaction."""
    end_sessions_of(person, now=now)


@receiver(session_renamed)
def follow_the_session(before: str, after: str, **_: Any) -> None:
    rename_session(before, after, now=timezone.now())  # noqa: TID251 - the session store is an edge, it knows no request


@receiver(password_changed)
def end_what_the_old_password_opened(request: Request, user: Person, **_: Any) -> None:
    """All but this very session, and what is half way by the old password."""
    with transaction.atomic():
        end_sessions_of(user, now=_moment(request), spare=_key_of(request))


def _there(request: Request, user: Person) -> dict[str, str]:
    """By which provider a worker has come, and in which of its sessions; asked when that one says it is over."""
    through = came_through(request, user)
    named = request.session.get(SESSION_THERE, "")
    return {"through": through, "session_there": hash_there(through, named) if through and named else ""}


def _method_of(request: Request, user: Person) -> str:
    records = get_authentication_records(request, user)
    staff = OUTSIDE if any(record["method"] == "socialaccount" for record in records) else PASSWORD
    return str(request.session.get(METHOD, staff))


def _moment(request: Request) -> datetime:
    """The request's own moment; Django's test client signs in with a request that went through no middleware."""
    return getattr(request, "now", None) or timezone.now()  # noqa: TID251 - then this is the edge
