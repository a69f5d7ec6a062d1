"""A resident's sign-in on the platform's host: choose the way, go to id.gov.ua, come back, consent, go on."""

from http import HTTPStatus
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from edem.foundation.identity import attempts, pending
from edem.foundation.identity.actions import admit_person, end_session, withdraw_consent
from edem.foundation.identity.claims import Claims
from edem.foundation.identity.consent_text import CLAUSES
from edem.foundation.identity.forms import ConsentForm, MethodForm
from edem.foundation.identity.id_gov_ua import connector
from edem.foundation.identity.places_to_go import community_called, home_of, safe_next
from edem.foundation.identity.queries import has_consented, memberships_of, person_known_by, sessions_of
from edem.foundation.identity.sessions import METHOD
from edem.foundation.identity.settling import methods_of
from edem.foundation.people.access import anyone, open_to, residents
from edem.foundation.people.models import Person
from edem.foundation.people.requests import Request
from edem.foundation.people.views import BACKEND
from edem.kernel.errors import NotAllowed, Refused
from edem.ui.refusals import sentence_of

NEXT = "sign_in_next"


@open_to(anyone)
@never_cache
@require_http_methods(["GET", "POST"])
def begin(request: Request) -> HttpResponse:
    """Choose how to prove who you are; the choice leads to id.gov.ua."""
    if request.GET.get("who") == "staff":
        return redirect(f"{reverse('staff_enter')}?{urlencode({'next': safe_next(request.GET.get('next', ''))})}")
    asked = request.POST or request.GET
    community = community_called(asked.get("community", ""))
    next_path = safe_next(asked.get("next", ""), otherwise=home_of(community))
    if request.person is not None:
        return redirect(next_path)
    given = {"next": next_path, "community": asked.get("community", "")}
    form = MethodForm(_sent(request), methods=methods_of(community, now=request.now), initial=given)
    if form.is_valid():
        return _to_provider(request, form.cleaned_data["method"], next_path, given["community"])
    facts = {"form": form, "community": community, "is_sandbox": settings.SANDBOX}
    return render(request, "identity/begin.html", facts, status=form.status)


@open_to(anyone)
@never_cache
@require_safe
def back(request: Request) -> HttpResponse:
    """The answer of id.gov.ua; whatever is wrong with it becomes a page that says what to do."""
    attempt = None
    try:
        attempt = attempts.finish(request.session, request.GET.get("state", ""), now=request.now)
        if request.GET.get("error"):
            raise NotAllowed("identity.denied")
        claims = connector().claims(request.GET.get("code", ""), redirect_uri=_return_address())
        return _admitted(request, claims, attempt.next_path)
    except Refused as refusal:
        return _refusal_page(request, refusal, attempt)


@open_to(anyone)
@never_cache
@require_http_methods(["GET", "POST"])
def consent(request: Request) -> HttpResponse:
    """A newcomer reads what is kept and why, and agrees; before that nothing about them is stored."""
    try:
        claims = pending.kept(request.session, now=request.now)
    except NotAllowed as refusal:
        return _refusal_page(request, refusal, None)
    form = ConsentForm(_sent(request))
    if form.is_valid():
        person = admit_person(claims, consents=True, now=request.now)
        pending.forget(request.session)
        _sign_in(request, person, claims)
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
        logout(request)
        return redirect(safe_next(request.POST.get("next", "")))
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


def _to_provider(request: Request, method: str, next_path: str, community: str) -> HttpResponse:
    state = attempts.begin(request.session, next_path=next_path, community=community, now=request.now)
    return redirect(connector().authorisation_url(methods=[method], state=state, redirect_uri=_return_address()))


def _return_address() -> str:
    return f"{settings.EDEM.base_url.rstrip('/')}{reverse('identity:back')}"


def _admitted(request: Request, claims: Claims, next_path: str) -> HttpResponse:
    known = person_known_by(claims)
    request.session[NEXT] = next_path
    if known is None or not has_consented(known):
        pending.keep(request.session, claims, now=request.now)
        return redirect("identity:consent")
    _sign_in(request, admit_person(claims, consents=False, now=request.now), claims)
    return redirect(next_path)


def _sign_in(request: Request, person: Person, claims: Claims) -> None:
    request.session[METHOD] = claims.method
    login(request, person, backend=BACKEND)


def _refusal_page(request: Request, refusal: Refused, attempt: attempts.Attempt | None) -> HttpResponse:
    again = {"next": attempt.next_path, "community": attempt.community} if attempt else {}
    facts = {
        "sentence": sentence_of(refusal),
        "again_url": f"{reverse('identity:begin')}?{urlencode(again)}",
        "community": community_called(attempt.community) if attempt else None,
        "is_provider_fault": refusal.status == HTTPStatus.BAD_GATEWAY,
    }
    return render(request, "identity/refused.html", facts, status=refusal.status)


def _signed_in(request: Request) -> Person:
    assert request.person is not None  # the audience of the route
    return request.person
