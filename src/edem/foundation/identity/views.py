"""A resident's sign-in on the platform's host: choose the way, go there, come back, consent, go on."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from edem.foundation.identity import attempts, pending
from edem.foundation.identity.actions import admit_person, end_all_sessions, end_session, withdraw_consent
from edem.foundation.identity.claims import Claims, Method
from edem.foundation.identity.consent_text import CLAUSES
from edem.foundation.identity.entering import NEXT, Asked, admitted, asked, check_offered, refused, sign_in
from edem.foundation.identity.forms import ConsentForm, MethodForm
from edem.foundation.identity.places_to_go import community_called, safe_next
from edem.foundation.identity.providers.interface import Answer, PageDriven, Redirecting
from edem.foundation.identity.providers.known import redirecting_called, way_of
from edem.foundation.identity.queries import memberships_of, sessions_of
from edem.foundation.identity.settling import methods_of
from edem.foundation.people.access import anyone, open_to, residents
from edem.foundation.people.models import Person
from edem.foundation.people.outside.flow import came_through, farewell
from edem.foundation.people.requests import Request
from edem.kernel.errors import Missing, NotAllowed, Refused


@open_to(anyone)
@never_cache
@require_http_methods(["GET", "POST"])
def begin(request: Request) -> HttpResponse:
    """Choose how to prove who you are; the choice leads to the provider or to a page of our own."""
    if request.GET.get("who") == "staff":
        return redirect(f"{reverse('staff_enter')}?{urlencode({'next': safe_next(request.GET.get('next', ''))})}")
    wish = asked(request)
    if request.person is not None:
        return redirect(wish.next_path)
    given = {"next": wish.next_path, "community": wish.slug}
    form = MethodForm(_sent(request), methods=methods_of(wish.community, now=request.now), initial=given)
    if form.is_valid():
        return redirect(_first_step(request, Method(form.cleaned_data["method"]), wish))
    facts = {"form": form, "community": wish.community, "is_sandbox": settings.SANDBOX}
    return render(request, "identity/begin.html", facts, status=form.status)


@open_to(anyone)
@never_cache
@require_safe
def back(request: Request, code: str = "") -> HttpResponse:
    """The provider's answer; whatever is wrong with it becomes a page that says what to do."""
    way = redirecting_called(code)
    if way is None:
        raise Missing("identity.way_unknown")
    given: dict[str, str] = {}
    try:
        attempt = attempts.finish(request.session, request.GET.get("state", ""), now=request.now)
        given = {"next_path": attempt.next_path, "community": attempt.community}
        return admitted(request, _claims(request, way, attempt), attempt.next_path)
    except Refused as refusal:
        return refused(request, refusal, **given)


@open_to(anyone)
@never_cache
@require_http_methods(["GET", "POST"])
def consent(request: Request) -> HttpResponse:
    """A newcomer reads what is kept and why, and agrees; before that nothing about them is stored."""
    try:
        claims = pending.kept(request.session, now=request.now)
    except NotAllowed as refusal:
        return refused(request, refusal)
    form = ConsentForm(_sent(request))
    if form.is_valid():
        person = admit_person(claims, consents=True, now=request.now)
        pending.forget(request.session)
        sign_in(request, person, claims)
        return redirect("identity:welcome")
    facts = {"form": form, "clauses": CLAUSES, "name": claims.display_name}
    return render(request, "identity/consent.html", facts, status=form.status)


@open_to(residents)
@never_cache
@require_safe
def welcome(request: Request) -> HttpResponse:
    """What was decided at the first sign-in: which community, on what basis, or why none."""
    person = _signed_in(request)
    memberships = [fact for fact in memberships_of(person) if fact.until is None]
    facts = {"memberships": memberships, "next_path": safe_next(request.session.get(NEXT, ""))}
    return render(request, "identity/welcome.html", facts)


@open_to(residents)
@never_cache
@require_http_methods(["GET", "POST"])
def sessions(request: Request) -> HttpResponse:
    """Where one is signed in; each session can be ended from here."""
    person = _signed_in(request)
    if "everywhere" in request.POST:
        end_all_sessions(person, now=request.now)
        logout(request)
        return redirect("home")
    if request.method == "POST":
        chosen = request.POST.get("session", "")
        end_session(person, int(chosen) if chosen.isdecimal() else 0, now=request.now)
        return redirect("identity:sessions")
    facts = {"sign_ins": sessions_of(person), "current": request.session.session_key}
    return render(request, "identity/sessions.html", facts)


@open_to(anyone)
@never_cache
@require_http_methods(["GET", "POST"])
def sign_out(request: Request) -> HttpResponse:
    if request.method == "POST" or request.person is None:
        through = came_through(request)
        logout(request)
        return redirect(farewell(through) if through else safe_next(request.POST.get("next", "")))
    return render(request, "identity/sign_out.html", {"next_path": safe_next(request.GET.get("next", ""))})


@open_to(residents)
@never_cache
@require_http_methods(["GET", "POST"])
def withdraw(request: Request) -> HttpResponse:
    """Take the consent back: what will be lost is said first."""
    if request.method == "POST":
        withdraw_consent(_signed_in(request), now=request.now)
        logout(request)
        request.person = None
        return render(request, "identity/withdrawn.html")
    return render(request, "identity/withdraw.html")


def _sent(request: Request) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _first_step(request: Request, method: Method, wish: Asked) -> str:
    way = way_of(method)
    if isinstance(way, PageDriven):
        return way.address(method, next_path=wish.next_path, community=wish.slug)
    state = attempts.begin(
        request.session, method=method, next_path=wish.next_path, community=wish.slug, now=request.now
    )
    return way.address(method, state=state, return_address=_return_address(way))


def _claims(request: Request, way: Redirecting, attempt: attempts.Attempt) -> Claims:
    """An answer counts only at the address of the provider that was asked, and by a method that is offered."""
    method = Method(attempt.method)
    if method not in way.methods:
        raise NotAllowed("identity.state_unknown")
    if request.GET.get("error"):
        raise NotAllowed("identity.denied")
    given, return_address = request.GET.dict(), _return_address(way)
    answer = Answer(method=method, parameters=given, return_address=return_address, now=request.now)
    claims = way.claims(answer)
    check_offered(Method(claims.method), community_called(attempt.community), now=request.now)
    return claims


def _return_address(way: Redirecting) -> str:
    return f"{settings.EDEM.base_url.rstrip('/')}{reverse('identity:back', args=[way.code] if way.code else [])}"


def _signed_in(request: Request) -> Person:
    assert request.person is not None  # the audience of the route
    return request.person
