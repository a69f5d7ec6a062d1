"""The step of the second factor: asked for, unless the city's provider has proved one that the operator accepts."""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.stages import AuthenticateStage
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from edem.foundation.people.half_way import begin_half_way, finish_half_way, is_half_way
from edem.foundation.people.outside.flow import SESSION_THERE, came_through
from edem.foundation.people.requests import platform_request
from edem.foundation.people.second_factor import OUTSIDE_FACTOR


class SecondStep(AuthenticateStage):  # type: ignore[misc]
    def _should_handle(self, request: HttpRequest) -> bool:
        records = get_authentication_records(request, self.login.user)
        proved = any(one["method"] == "mfa" and one.get("type", "").startswith(OUTSIDE_FACTOR) for one in records)
        return not proved and bool(super()._should_handle(request))

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Half way: written down, so that it can be ended from elsewhere before the second factor is shown."""
        response, goes_on = super().handle()
        if response is not None:
            self.state["half_way"] = begin_half_way(
                self.login.user,
                through=came_through(self.request, self.login.user),
                named=self.request.session.get(SESSION_THERE, ""),
                now=platform_request(self.request).now,
            )
        return response, goes_on

    def still_stands(self) -> bool:
        return is_half_way(self._number, now=platform_request(self.request).now)

    def exit(self) -> Any:
        """In one transaction with the session and its line in the list: ended in between, it lets nobody in."""
        with transaction.atomic():
            if finish_half_way(self.login.user, self._number, now=platform_request(self.request).now):
                return super().exit()
        return self.abort()

    @property
    def _number(self) -> str:
        return str(self.state.get("half_way", ""))
