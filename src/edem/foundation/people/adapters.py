"""How staff sign-in differs from allauth's defaults: nobody signs up, nothing is mailed, secrets are sealed."""

import time
from typing import Any
from urllib.parse import urlsplit

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse

from edem.foundation.people import sealing
from edem.foundation.people.models import Person

THEIR_STEP, OUR_STEP = "allauth.mfa.stages.AuthenticateStage", "edem.foundation.people.stages.SecondStep"


class StaffAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts of staff are opened by the operator; residents have none."""
        del request
        return False

    def get_login_stages(self) -> list[str]:
        return [OUR_STEP if stage == THEIR_STEP else stage for stage in super().get_login_stages()]

    def is_safe_url(self, url: str | None) -> bool:
        """Only a path on this host: no scheme, no host, no backslash trick."""
        return bool(url) and is_path_here(str(url))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """However a worker came in, the way goes on through what is still missing."""
        del request
        return reverse("staff_enter")

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Only what went wrong: that it worked is seen from the next page."""
        if level >= messages.WARNING:
            super().add_message(request, level, *args, **kwargs)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Staff have no address with allauth; what changed is shown in the session list and the audit."""

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """A password given a moment ago is enough to set up the first second factor."""
        if not super().is_reauthentication_required(app=app, **kwargs):
            return False
        records = get_authentication_records(self.request, self.request.user)
        return not records or time.time() - records[-1]["at"] >= app_settings.REAUTHENTICATION_TIMEOUT


class StaffMFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    def encrypt(self, text: str) -> str:
        return sealing.seal_text(text)

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.open_text(encrypted_text)

    def get_totp_label(self, user: Person) -> str:
        return user.login or ""

    def get_totp_issuer(self) -> str:
        return "e-DEM"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": urlsplit(settings.EDEM.base_url).hostname or "localhost", "name": "e-DEM"}

    def get_public_key_credential_user_entity(self, user: Person) -> dict[str, Any]:
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return entity | {"display_name": user.display_name, "name": user.login or ""}


def is_path_here(url: str) -> bool:
    """A path on this host and nothing that a browser may read as another host."""
    parts = urlsplit(url)
    clean = not any(sign in url for sign in ("\\", "\r", "\n", "\t"))
    return clean and url.startswith("/") and not url.startswith("//") and not parts.scheme and not parts.netloc
