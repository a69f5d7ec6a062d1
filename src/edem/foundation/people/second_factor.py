"""The second factor of staff: an authenticator app or a passkey, with recovery codes."""

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest

from edem.foundation.people.models import Person

OUTSIDE_FACTOR = "outside:"
"""Begins the kind of one that the city's provider has proved."""
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def has_second_factor(person: Person) -> bool:
    return bool(is_mfa_enabled(person, types=FACTORS))


def passed_second_factor(request: HttpRequest, person: Person) -> bool:
    """Whether this very sign-in was proved by a second factor, not only whether the person has one."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, person))


def record_second_factor(request: HttpRequest, person: Person, *, kind: str) -> None:
    record_authentication(request, person, method="mfa", type=kind, reauthenticated=True)


def repeated_second_factor(request: HttpRequest, person: Person, *, since: float) -> bool:
    """Whether it was shown once more after that moment (a UNIX time), for what is too grave to rest on the sign-in."""
    records = get_authentication_records(request, person)
    return any(record.get("method") == "mfa" and record["at"] >= since for record in records)
