"""The pages of MobileID: give the number, compare the code with the phone, come in. They work without scripts."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from edem.foundation.identity import entering
from edem.foundation.identity.claims import Method
from edem.foundation.identity.errors import ProviderFault
from edem.foundation.identity.providers.begin_again import begin_url
from edem.foundation.identity.providers.mobile_id import under_way
from edem.foundation.identity.providers.mobile_id.asking import (
    answered,
    answered_at_once,
    begun,
    is_to_be_asked,
    rung,
)
from edem.foundation.identity.providers.mobile_id.connector import connector
from edem.foundation.identity.providers.mobile_id.forms import PhoneForm
from edem.foundation.identity.providers.mobile_id.messages import Mode
from edem.foundation.identity.providers.mobile_id.under_way import UnderWay
from edem.foundation.people.access import anyone, open_to
from edem.foundation.people.requests import Request
from edem.kernel.errors import Invalid, Refused
from edem.ui.refusals import refusals_shown_on


@open_to(anyone)
@never_cache
@require_http_methods(["GET", "POST"])
def phone(request: Request) -> HttpResponse:
    """The number; the request goes to the phone at once, or from the next page where the service cannot be polled."""
    asked = entering.asked(request)
    entering.check_offered(Method.MOBILE_ID_DIRECT, asked.community, now=request.now)
    given = {"next": asked.next_path, "community": asked.slug}
    form = PhoneForm(request.POST if request.method == "POST" else None, initial=given)
    if form.is_valid():
        with refusals_shown_on(form):
            wished = begun(form.cleaned_data["phone"], next_path=asked.next_path, community=asked.slug, now=request.now)
            wished = rung(wished, now=request.now) if connector().mode is Mode.POLLED else wished
            under_way.keep(request.session, wished)
            return redirect("identity:mobile_id_wait")
    facts = {"form": form, "begin_url": begin_url(next_path=asked.next_path, community=asked.slug)}
    return render(request, "identity/mobile_id.html", facts, status=form.status)


@open_to(anyone)
@never_cache
@require_http_methods(["GET", "POST"])
def wait(request: Request) -> HttpResponse:
    """The code to compare; opened again, it looks whether the phone has answered."""
    wished = None
    try:
        wished = under_way.kept(request.session, now=request.now)
        onward = None if wished.refused else _advanced(request, wished)
    except Refused as refusal:
        return _refused(request, refusal, wished)
    if wished.refused:
        kind = ProviderFault if wished.is_fault else Invalid
        return _refused(request, kind(wished.refused), wished)
    return onward or _waiting_page(request, wished)


@open_to(anyone)
@never_cache
@require_safe
def standing(request: Request) -> HttpResponse:
    """For the page's script: nothing while the phone is silent, else where to go."""
    wished = None
    try:
        wished = under_way.kept(request.session, now=request.now)
        onward = _advanced(request, wished) if wished.transaction and not wished.refused else None
    except Refused as refusal:
        if wished is not None:
            under_way.keep(request.session, wished.heard(refusal))
        return JsonResponse({"go": reverse("identity:mobile_id_wait")})
    return JsonResponse({"go": onward["Location"]} if onward else {})


def _advanced(request: Request, wished: UnderWay) -> HttpResponse | None:
    """In, once the phone has answered."""
    if not wished.transaction:
        claims = answered_at_once(wished, now=request.now) if request.method == "POST" else None
    elif is_to_be_asked(wished, now=request.now):
        claims = answered(wished, now=request.now)
        under_way.keep(request.session, wished.asked(request.now))
    else:
        claims = None
    if claims is None:
        return None
    under_way.forget(request.session)
    return entering.admitted(request, claims, wished.next_path)


def _refused(request: Request, refusal: Refused, wished: UnderWay | None) -> HttpResponse:
    under_way.forget(request.session)
    if wished is None:
        return entering.refused(request, refusal)
    return entering.refused(request, refusal, next_path=wished.next_path, community=wished.community)


def _waiting_page(request: Request, wished: UnderWay) -> HttpResponse:
    facts = {
        "wished": wished,
        "wait_url": reverse("identity:mobile_id_wait"),
        "again_url": begin_url(next_path=wished.next_path, community=wished.community),
    }
    return render(request, "identity/mobile_id_wait.html", facts)
