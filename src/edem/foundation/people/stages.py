"""The step of the second factor: asked for, unless the city's provider has proved one that the operator accepts."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest

OUTSIDE_FACTOR = "outside:"


class SecondStep(AuthenticateStage):  # type: ignore[misc]
    def _should_handle(self, request: HttpRequest) -> bool:
        records = get_authentication_records(request, self.login.user)
        proved = any(one["method"] == "mfa" and one.get("type", "").startswith(OUTSIDE_FACTOR) for one in records)
        return not proved and bool(super()._should_handle(request))
