"""Who a page is for. Every route declares its audience with `@open_to(...)`, and this is where it is kept."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import TypeVar, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase

from edem.foundation.communities.models import Community
from edem.foundation.people.models import Person
from edem.foundation.people.queries import holds_any_role, roles_of
from edem.foundation.people.roles import Role
from edem.foundation.people.second_factor import passed_second_factor
from edem.kernel.errors import NotAllowed

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

SIGN_IN_PATH = "/sign-in/"


@dataclass(frozen=True)
class Audience:
    name: str
    roles: frozenset[Role] = frozenset()
    second_factor: bool = False

    def having(self, *roles: Role) -> "Audience":
        """Narrow the audience to those who hold one of these roles here."""
        return replace(self, roles=frozenset(roles))


anyone = Audience("anyone")
residents = Audience("residents")
staff = Audience("staff", second_factor=True)
staff_before_second_factor = Audience("staff")
"""The few pages on which a worker sets the second factor up."""
kiosk = Audience("kiosk")
machines = Audience("machines")
"""Programs: the route itself checks their key and never sends them to a sign-in page."""


def open_to(audience: Audience) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            return admit(request, audience) or view(request, *args, **kwargs)

        guarded.audience = audience  # type: ignore[attr-defined]
        return cast("View", guarded)

    return decorate


def admit(request: HttpRequest, audience: Audience) -> HttpResponse | None:
    """None lets the request in; a redirect leads to what is missing; NotAllowed says no."""
    if audience.name == "kiosk":
        return _admit_kiosk(request)
    if audience.name not in {"residents", "staff"}:
        return None
    person = person_of(request)
    if person is None:
        return HttpResponseRedirect(sign_in_address(request, who=audience.name))
    return _admit_staff(request, person, audience) if audience.name == "staff" else None


def sign_in_address(request: HttpRequest, *, who: str = "residents") -> str:
    """This host's sign-in page, which brings the reader back; it also leads staff through the second factor."""
    here = request.META.get("SCRIPT_NAME", "")
    wanted = request.get_full_path() if request.method in {"GET", "HEAD"} else f"{here}/"
    query = {"next": wanted} | ({"who": who} if who == "staff" else {})
    return f"{here}{SIGN_IN_PATH}?{urlencode(query)}"


def person_of(request: HttpRequest) -> Person | None:
    return cast("Person | None", getattr(request, "person", None))


def community_of(request: HttpRequest) -> Community | None:
    return cast("Community | None", getattr(request, "community", None))


def _admit_staff(request: HttpRequest, person: Person, audience: Audience) -> HttpResponse | None:
    if not person.is_staff:
        raise NotAllowed("people.staff_only")
    if not audience.second_factor:
        return None
    if not passed_second_factor(request, person):
        return HttpResponseRedirect(sign_in_address(request, who="staff"))
    if not _holds_a_wanted_role(request, person, audience):
        raise NotAllowed("people.role_needed")
    return None


def _holds_a_wanted_role(request: HttpRequest, person: Person, audience: Audience) -> bool:
    community = community_of(request)
    if community is None and not audience.roles:
        return holds_any_role(person)
    held = roles_of(person, community.pk if community else None)
    return bool(held & audience.roles) if audience.roles else bool(held)


def _admit_kiosk(request: HttpRequest) -> HttpResponse | None:
    """A terminal that a clerk has opened for this community."""
    community = community_of(request)
    if community is None or request.session.get("kiosk_community_id") != community.pk:
        raise NotAllowed("people.kiosk_only")
    return None
