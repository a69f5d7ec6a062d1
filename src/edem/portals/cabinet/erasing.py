"""«Видалити мої дані»: before it, what goes and what stays and why; after it, what stayed (decision 0014)."""

from collections.abc import Mapping, Sequence

from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from edem.foundation.identity.actions import withdraw_consent
from edem.foundation.people.access import open_to, residents
from edem.foundation.people.held import Held
from edem.foundation.people.requests import PersonalRequest
from edem.portals.cabinet.holdings import everything_held


@open_to(residents)
@never_cache
@require_http_methods(["GET", "POST"])
def erase(request: PersonalRequest) -> HttpResponse:
    person = request.person
    facts = _told(everything_held(person, now=request.now))
    if request.method != "POST":
        return render(request, "cabinet/erase.html", facts)
    withdraw_consent(person, now=request.now)
    logout(request)
    request.person = None  # type: ignore[assignment] # from here on a visitor
    return render(request, "cabinet/erased.html", facts)


def _told(held: Sequence[Held]) -> Mapping[str, object]:
    """The vault's own fields always go: the page says so in its first line."""
    return {
        "goes": [each for each in held if not each.stays_because],
        "stays": [each for each in held if each.stays_because],
    }
