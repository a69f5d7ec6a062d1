"""Where a city's provider posts its logout token (OpenID Connect Back-Channel Logout 1.0)."""

import logging

import requests
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from edem.foundation.identity.staff_logout import end_sessions_through
from edem.foundation.people.access import machines, open_to
from edem.foundation.people.outside.connecting import StaffOAuth2Adapter, keys_for
from edem.foundation.people.outside.id_token import Logout, Untrue, read_logout_token
from edem.foundation.people.outside.views import provider_of
from edem.foundation.people.requests import Request
from edem.kernel.errors import Conflict

log = logging.getLogger(__name__)


@csrf_exempt  # the provider's server has no cookie of ours: its signature is what counts
@open_to(machines)
@never_cache
@require_POST
def logged_out(request: Request, code: str) -> HttpResponse:
    provider_of(request, code)
    try:
        logout = _logout(request, code)
        ended = end_sessions_through(code, logout, now=request.now)
    except (Untrue, Conflict) as wrong:
        log.warning("A word about a logout through %s was not taken: %s", code, str(wrong)[:100])
        return JsonResponse({"error": "invalid_request"}, status=400)
    except (requests.RequestException, OAuth2Error) as silent:
        log.warning("The keys of %s cannot be had: %s", code, type(silent).__name__)
        return JsonResponse({"error": "temporarily_unavailable"}, status=503)
    log.info("Signed out through %s: %s sessions", code, ended)
    return HttpResponse()


def _logout(request: Request, code: str) -> Logout:
    token = request.POST.get("logout_token", "")
    adapter = StaffOAuth2Adapter(request, code)
    app = adapter.get_provider().app
    keys = keys_for(token, adapter.openid_config["jwks_uri"])
    return read_logout_token(token, keys=keys, issuer=app.settings["issuer"], client_id=app.client_id, now=request.now)
