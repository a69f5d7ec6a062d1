"""To a city's provider and back; the rest of the way is that of every worker."""

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from edem.foundation.people.access import anyone, open_to
from edem.foundation.people.outside.connecting import StaffOAuth2Adapter, StaffProvider
from edem.foundation.people.outside.flow import ENTER, PROVE
from edem.kernel.errors import Missing


@open_to(anyone)
@never_cache
@require_safe
def begin(request: HttpRequest, code: str) -> HttpResponse:
    return provider_of(request, code).go(request, purpose=ENTER, next_path=reverse("staff_enter"))


@open_to(anyone)
@never_cache
@require_safe
def back(request: HttpRequest, code: str) -> HttpResponse:
    """Where the provider sends the browser; allauth takes the state up and exchanges the code."""
    provider_of(request, code)
    answer: HttpResponse = OAuth2CallbackView.adapter_view(StaffOAuth2Adapter(request, code))(request)
    return answer


@open_to(anyone)
@never_cache
@require_safe
def left(request: HttpRequest, code: str) -> HttpResponse:
    """Signed out here; on a shared computer one should sign out there too."""
    provider = provider_of(request, code)
    facts = {"name": provider.app.name, "way_out": provider.way_out(request)}
    return render(request, "people/outside_left.html", facts)


def prove(request: HttpRequest, code: str, *, then: str) -> HttpResponse:
    """Sign in with the provider only to show whose account it is; `then` finds it by `flow.proven_in`."""
    return provider_of(request, code).go(request, purpose=PROVE, next_path=then)


def provider_of(request: HttpRequest, code: str) -> StaffProvider:
    try:
        found: StaffProvider = get_adapter(request).get_provider(request, provider=code)
    except SocialApp.DoesNotExist as unknown:
        raise Missing("people.no_such_provider") from unknown
    return found
