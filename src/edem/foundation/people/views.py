"""The way of staff to their work: through the password and the second factor, and on."""

from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from allauth.account.stages import LoginStageController
from allauth.account.views import LoginView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.apps import apps
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from edem.foundation.communities.models import Community
from edem.foundation.people.access import anyone, open_to, person_of
from edem.foundation.people.adapters import is_path_here
from edem.foundation.people.models import Person
from edem.foundation.people.outside.queries import providers_for
from edem.foundation.people.queries import communities_served_by, sample_staff
from edem.foundation.people.second_factor import has_second_factor, passed_second_factor, record_second_factor
from edem.foundation.people.stages import SecondStep
from edem.kernel.errors import NotAllowed

BACKEND = "edem.foundation.people.backends.PeopleBackend"
WANTED = "staff_wanted"


class StaffSignIn(LoginView):  # type: ignore[misc]  # allauth says no types
    """The password, a key, or the provider of the city whose desk was wanted."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        slug = community_wanted(self.request.session.get(WANTED, ""))
        known = providers_for(slug) if apps.is_installed("allauth.socialaccount") else ()
        facts: dict[str, Any] = super().get_context_data(**kwargs)
        return facts | {"providers": known}


class SecondFactorPage(AuthenticateView):  # type: ignore[misc]  # as above
    """The code or the key, while this sign-in has not been ended from elsewhere."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        stage = LoginStageController.enter(request, SecondStep.key)
        if isinstance(stage, SecondStep) and not stage.still_stands():
            ended: HttpResponse = stage.abort()
            return ended
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer


def community_wanted(wanted: str) -> str:
    """Named by its path, or by the way to its own host."""
    parts = urlsplit(wanted)
    return parse_qs(parts.query).get("community", [parts.path.strip("/").partition("/")[0]])[0]


@open_to(anyone)
@require_safe
def enter(request: HttpRequest) -> HttpResponse:
    """Lead a worker through whatever is still missing, then to the page they wanted."""
    wanted = request.GET.get("next", "")
    if is_path_here(wanted):
        request.session[WANTED] = wanted
    person = person_of(request)
    if person is None:
        return redirect(_with_return("account_login", then=reverse("staff_enter")))
    if not person.is_staff:
        raise NotAllowed("people.staff_only")
    if not passed_second_factor(request, person):
        return redirect(way_to_second_factor(person, then=reverse("staff_enter")))
    return redirect(request.session.pop(WANTED, None) or _place_of_work(person))


@open_to(anyone)
@require_http_methods(["GET", "POST"])
def sandbox(request: HttpRequest) -> HttpResponse:
    """Sample accounts of the demo, without passwords; production has no such page."""
    if not settings.SANDBOX:
        raise Http404
    if request.method == "POST":
        person = next((one for one in sample_staff() if str(one.pk) == request.POST.get("person")), None)
        if person is None:
            raise Http404
        login(request, person, backend=BACKEND)
        record_second_factor(request, person, kind="sandbox")
        return redirect("staff_enter")
    return render(request, "people/sandbox.html", {"people": sample_staff()})


def is_sandbox() -> bool:
    """Asked by the page when it is shown."""
    return bool(settings.SANDBOX)


def way_to_second_factor(person: Person, *, then: str) -> str:
    """Where the worker shows it again, or sets the first one up, and is led on."""
    if not has_second_factor(person):
        return reverse("mfa_index")
    by_code = is_mfa_enabled(person, types=[Authenticator.Type.TOTP])
    return _with_return("mfa_reauthenticate" if by_code else "mfa_reauthenticate_webauthn", then=then)


def _with_return(name: str, *, then: str) -> str:
    return f"{reverse(name)}?{urlencode({'next': then})}"


def _place_of_work(person: Person) -> str:
    """The desk of the first community the worker serves."""
    served = Community.objects.filter(pk__in=communities_served_by(person), is_open=True).order_by("pk").first()
    return f"/{served.slug}/desk/" if served else "/"
