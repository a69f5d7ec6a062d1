"""allauth's OpenID Connect with what it leaves out: the issuer is pinned, a nonce binds the token, signatures count."""

from datetime import UTC, datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import requests
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialToken
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.cache import BaseCache, caches
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from edem.foundation.people.outside.addresses import is_safe_address
from edem.foundation.people.outside.flow import new_nonce
from edem.foundation.people.outside.id_token import Untrue, named_key, read_id_token
from edem.kernel.errors import Unavailable

MEMORY, SILENCE = 300, 10
"""Seconds for which a description is remembered, and for which a provider that did not answer is not asked again."""
NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class StaffOAuth2Adapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    @cached_property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says of itself; it must be the issuer that was settled, and speak over TLS."""
        issuer = self.get_provider().app.settings["issuer"]
        config = discovered(self.get_provider().server_url)
        if config.get("issuer") != issuer:
            raise OAuth2Error("another issuer")
        if not all(is_safe_address(str(config.get(name, ""))) for name in NEEDED):
            raise OAuth2Error("an unsafe address")
        return config

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        del request  # never by the Host header: the address registered with the provider is one
        return settings.EDEM.base_url.rstrip("/") + reverse("outside_back", args=[app.provider_id])

    def get_access_token_data(
        self, request: HttpRequest, app: SocialApp, client: OAuth2Client, pkce_code_verifier: str | None = None
    ) -> dict[str, Any]:
        """RFC 9207: a code of another issuer is not even tried."""
        config, told = self.openid_config, request.GET.get("iss")
        promised = config.get("authorization_response_iss_parameter_supported", False)
        if (promised or told is not None) and told != config["issuer"]:
            raise OAuth2Error("a code of another issuer")
        data: dict[str, Any] = super().get_access_token_data(request, app, client, pkce_code_verifier)
        return data

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> Any:
        del token
        claims = self._decode_id_token(app, kwargs["response"].get("id_token") or "")
        return self.get_provider().sociallogin_from_response(request, claims)

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        keys = fetched(self.openid_config["jwks_uri"])
        now = getattr(self.request, "now", None) or datetime.now(UTC)  # noqa: TID251 - then this is the edge
        try:
            return read_id_token(id_token, keys=keys, issuer=app.settings["issuer"], client_id=app.client_id, now=now)
        except Untrue as untrue:
            raise OAuth2Error(f"the token: {untrue}") from untrue


class StaffProvider(OpenIDConnectProvider):  # type: ignore[misc]
    id = "staff_oidc"
    name = "OpenID Connect"
    oauth2_adapter_class = StaffOAuth2Adapter
    pkce_enabled_default = True

    def get_login_url(self, request: HttpRequest, **kwargs: Any) -> str:
        del request, kwargs
        return reverse("outside_begin", args=[self.app.provider_id])

    def get_callback_url(self) -> str:
        return reverse("outside_back", args=[self.app.provider_id])

    def get_default_scope(self) -> list[str]:
        return ["openid", "profile"]

    def extract_uid(self, data: dict[str, Any]) -> str:
        return str(data["sub"])

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        del data
        return {}  # the account here is older than the sign-in there, and keeps its own name

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        del data
        return []

    def way_out(self, request: HttpRequest) -> str:
        """Where one signs out there as well (OpenID Connect RP-Initiated Logout); nothing when it has no such place."""
        try:
            ends = str(self.get_oauth2_adapter(request).openid_config.get("end_session_endpoint", ""))
        except (requests.RequestException, OAuth2Error):
            return ""
        if not is_safe_address(ends):
            return ""
        back = {"client_id": self.app.client_id, "post_logout_redirect_uri": f"{settings.EDEM.base_url.rstrip('/')}/"}
        return f"{ends}?{urlencode(back)}"

    def go(self, request: HttpRequest, *, purpose: str, next_path: str) -> HttpResponse:
        """Off to the provider; nothing of the way comes from the address line."""
        nonce = new_nonce()
        ways = {**self.get_auth_params(), "nonce": nonce}
        kept = {"nonce": nonce, "purpose": purpose}
        try:
            leaving: HttpResponse = self.redirect(
                request, AuthProcess.LOGIN, next_url=next_path, data=kept, auth_params=ways, scope=self.get_scope()
            )
        except (requests.RequestException, OAuth2Error) as silent:
            raise Unavailable("people.outside_unreachable", name=self.app.name) from silent
        return leaving


def _memory() -> BaseCache:
    return caches["process"]


def keys_for(token: str, address: str) -> dict[str, Any]:
    """The provider's keys as remembered; asked for anew, but not often, when the token names one that is not there."""
    known = discovered(address)
    named = [each.get("kid") for each in known.get("keys", []) if isinstance(each, dict)]
    if named_key(token) in named or not _memory().add(f"outside-keys:{address}", 1, SILENCE):
        return known
    anew = fetched(address)
    _memory().set(f"outside:{address}", anew, MEMORY)
    return anew


def discovered(address: str) -> dict[str, Any]:
    """The provider's description of itself, remembered for a while: anybody may press the button, and often."""
    known, silent = f"outside:{address}", f"outside-silent:{address}"
    document: dict[str, Any] | None = _memory().get(known)
    if document is not None:
        return document
    if _memory().get(silent):
        raise requests.ConnectionError("silent a moment ago")
    try:
        document = fetched(address)
    except requests.RequestException:
        _memory().set(silent, SILENCE, SILENCE)
        raise
    _memory().set(known, document, MEMORY)
    return document


def fetched(address: str) -> dict[str, Any]:
    """A JSON document of the provider's, from this very address: redirects are not followed."""
    with get_adapter().get_requests_session() as session:
        answer = session.get(address, headers={"Accept": "application/json"})
        answer.raise_for_status()
        try:
            document = answer.json()
        except ValueError as garbled:
            raise OAuth2Error("not JSON") from garbled
    if answer.is_redirect or not isinstance(document, dict):
        raise OAuth2Error("not a document")
    return document
