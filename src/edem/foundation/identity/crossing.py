"""Between the platform's host and a community's own: leave to sign in, hand over, arrive."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from edem.foundation.identity.hand_over import browser_hash, check_goes_on, hand_over, receive
from edem.foundation.identity.places_to_go import community_called, safe_next
from edem.foundation.identity.sessions import METHOD, ORIGIN, PASSWORD, leave_to
from edem.foundation.people.access import anyone, open_to, residents
from edem.foundation.people.requests import CommunityRequest, PersonalRequest
from edem.foundation.people.second_factor import passed_second_factor, record_second_factor
from edem.foundation.people.views import BACKEND
from edem.kernel.errors import Missing


@open_to(anyone)
@never_cache
@require_safe
def leave(request: CommunityRequest) -> HttpResponse:
    """From a community's page to the platform's sign-in and, through the hand-over if it has its own host, back."""
    next_path = safe_next(request.GET.get("next", ""), otherwise=f"{request.META.get('SCRIPT_NAME', '')}/")
    query = {"community": request.community.slug, "next": next_path}
    if request.GET.get("who") == "staff":
        query["who"] = "staff"
    if request.META.get("SCRIPT_NAME"):
        return redirect(f"/sign-in/?{urlencode(query)}")
    over = {"community": request.community.slug, "browser": browser_hash(request.session), "next": next_path}
    query["next"] = f"/sign-in/hand-over/?{urlencode(over)}"
    return redirect(f"{settings.EDEM.base_url.rstrip('/')}/sign-in/?{urlencode(query)}")


@open_to(residents)
@never_cache
@require_safe
def give(request: PersonalRequest) -> HttpResponse:
    """On the platform's host: give the signed-in person a code for the community's host."""
    community = community_called(request.GET.get("community", ""))
    if community is None or not community.host:
        raise Missing("identity.hand_over_refused")
    code = hand_over(
        request.person,
        community,
        browser=request.GET.get("browser", ""),
        next_path=safe_next(request.GET.get("next", "")),
        method=request.session.get(METHOD, PASSWORD),
        second_factor=passed_second_factor(request, request.person),
        origin=request.session.session_key or "",
        now=request.now,
    )
    scheme = "https" if settings.SESSION_COOKIE_SECURE else request.scheme
    return redirect(f"{scheme}://{community.host}/sign-in/arrive/?{urlencode({'code': code})}")


@open_to(anyone)
@never_cache
@require_safe
def arrive(request: CommunityRequest) -> HttpResponse:
    """On the community's host: the code becomes a session here, in the browser that asked for it."""
    arrival = receive(
        request.GET.get("code", ""), request.community, browser=browser_hash(request.session), now=request.now
    )
    with transaction.atomic():
        check_goes_on(arrival)
        leave_to(arrival.person, request)
        request.session[METHOD], request.session[ORIGIN] = arrival.method, arrival.origin
        login(request, arrival.person, backend=BACKEND)
    if arrival.second_factor:
        record_second_factor(request, arrival.person, kind="handed_over")
    return redirect(safe_next(arrival.next_path))
