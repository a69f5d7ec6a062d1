"""Who may call the API, and how often: everybody reads; a program with a key may ask ten times as often."""

from time import monotonic

from django.http import HttpRequest
from ninja.utils import check_csrf

from edem.foundation.intake.limits import Limits
from edem.foundation.people.requests import community_request
from edem.kernel.errors import NotAllowed, TooOften
from edem.portals.public_api.keys import key_for
from edem.portals.public_api.models import ApiKey

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
WITHOUT_KEY = 300
WITH_KEY = 3_000

_STRANGERS = Limits(name="api", strangers_of_address=WITHOUT_KEY)
_PROGRAMS: dict[int, Limits] = {}
"""By how often a key may ask."""


def admit_program(request: HttpRequest) -> bool:
    """Ninja's `auth`: lets everybody in, counts, and refuses a key that does not hold.

    Whoever changes something does it with the session of a browser, so the form's token is asked for.
    """
    if request.method not in SAFE_METHODS and check_csrf(request) is not None:
        raise NotAllowed("api.stale_page")
    presented = request.headers.get("X-Api-Key", "") or request.headers.get("Authorization", "").removeprefix("Bearer ")
    key = admit(request, presented)
    if key is not None:
        request.api_key = key  # type: ignore[attr-defined]
    return True


def admit(request: HttpRequest, presented: str) -> ApiKey | None:
    """Count whoever comes; a key that is presented must hold."""
    if not presented:
        count(_STRANGERS, request.META.get("REMOTE_ADDR", ""))
        return None
    asked = community_request(request)
    key = key_for(asked.community.pk, presented, now=asked.now)
    most = key.per_minute or WITH_KEY
    count(_PROGRAMS.setdefault(most, Limits(name=f"keys {most}", strangers_of_address=most)), key.prefix)
    return key


def count(limits: Limits, who: str) -> None:
    if not limits.admits_stranger(who, moment=monotonic()):
        raise TooOften("api.too_often")
