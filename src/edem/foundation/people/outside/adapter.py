"""How outside sign-in differs from allauth's defaults: our own tables, nobody signs up, no token is stored."""

import hmac
import logging
from typing import Any

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseRedirect

from edem.foundation.people.models import OutsideProvider
from edem.foundation.people.outside.addresses import discovery_of
from edem.foundation.people.outside.connecting import StaffProvider
from edem.foundation.people.outside.flow import PROVE, SESSION_THERE, keep_proven
from edem.foundation.people.outside.queries import account_known_by, provider_called, providers_open
from edem.foundation.people.requests import platform_request
from edem.foundation.people.sealing import OUTSIDE, open_text
from edem.foundation.people.second_factor import OUTSIDE_FACTOR, record_second_factor
from edem.kernel.errors import Conflict, NotAllowed, Unavailable

log = logging.getLogger(__name__)

TIMEOUT = 5
"""Seconds: a provider that is silent for longer must not hold our threads."""


class OneAddress(requests.Session):
    """Speaks to exactly the address it is given, and not for long."""

    def request(self, method: Any, url: Any, *args: Any, **kwargs: Any) -> requests.Response:
        kwargs |= {"timeout": TIMEOUT, "allow_redirects": False}
        return super().request(method, url, *args, **kwargs)


class OutsideAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        del request, sociallogin
        return False

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """From our own table, never from allauth's, which keeps secrets in the clear."""
        del request, client_id
        return [app_of(each) for each in providers_open() if provider in {None, StaffProvider.id, each.code}]

    def get_requests_session(self) -> requests.Session:
        return OneAddress()

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Any:
        del request, data
        return sociallogin.user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The token is true; now it must be the answer to this very request, and its subject someone we know."""
        claims, kept = sociallogin.account.extra_data, sociallogin.state.get("data") or {}
        sociallogin.account.extra_data = {}
        provider = provider_called(sociallogin.account.provider)
        if provider is None or not hmac.compare_digest(str(claims.get("nonce", "")), str(kept.get("nonce", "-"))):
            raise Conflict("people.outside_stale")
        if kept.get("purpose") == PROVE:
            keep_proven(
                request, provider.code, subject=claims["sub"], name=called(claims), now=platform_request(request).now
            )
            raise ImmediateHttpResponse(HttpResponseRedirect(sociallogin.state["next"]))
        self._enter(request, sociallogin, provider, claims)

    def _enter(
        self, request: HttpRequest, sociallogin: SocialLogin, provider: OutsideProvider, claims: dict[str, Any]
    ) -> None:
        account = account_known_by(provider, claims["sub"])
        if account is None:
            raise NotAllowed("people.outside_unlinked", name=provider.name)
        if not account.person.is_active:
            raise NotAllowed("people.account_closed")
        if request.user.is_authenticated:
            logout(request)  # allauth does it later, and would throw away with the session what is kept here
        sociallogin.user = account.person
        request.session[SESSION_THERE] = str(claims.get("sid") or "")
        if proves_second_factor(claims, provider):
            record_second_factor(request, account.person, kind=f"{OUTSIDE_FACTOR}{provider.code}")

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """A page in plain words; the log learns what it was, never a token."""
        del request
        if error == AuthError.CANCELLED:
            raise NotAllowed("people.outside_cancelled")
        if exception is None and "state_id" in (extra_context or {}):
            raise Conflict("people.outside_stale")
        name = getattr(getattr(provider, "app", None), "name", "")
        log.warning("Sign-in through %s failed: %s %s", name, type(exception).__name__, str(exception)[:200])
        if isinstance(exception, requests.RequestException):
            raise Unavailable("people.outside_unreachable", name=name)
        raise NotAllowed("people.outside_untrue", name=name)


def app_of(provider: OutsideProvider) -> SocialApp:
    """As allauth wants it; made for this request and never saved."""
    return SocialApp(
        provider=StaffProvider.id,
        provider_id=provider.code,
        name=provider.name,
        client_id=provider.client_id,
        secret=open_text(provider.secret, place=OUTSIDE),
        settings={"issuer": provider.issuer, "server_url": discovery_of(provider.issuer), "oauth_pkce_enabled": True},
    )


def proves_second_factor(claims: dict[str, Any], provider: OutsideProvider) -> bool:
    """Only by the values that the operator settled for this provider."""
    methods = claims.get("amr")
    told = {*(methods if isinstance(methods, list) else ()), claims.get("acr")}
    return not told.isdisjoint(provider.second_factors)


def called(claims: dict[str, Any]) -> str:
    return str(claims.get("preferred_username") or claims.get("email") or claims.get("name") or claims["sub"])
