"""A test client that walks through the front door's tenancy: /vyshnevohirsk/petitions/5 is that community's page."""

from typing import Any

from django.http import HttpRequest
from django.test import Client
from django.urls import set_script_prefix

from edem.foundation.communities.directory import directory
from edem.foundation.communities.tenancy import Located, locate
from edem.foundation.people.models import Person
from edem.foundation.people.second_factor import record_second_factor


class PlatformClient(Client):
    """As the front door does, it takes the community off the path and leaves it in SCRIPT_NAME."""

    def _base_environ(self, **request: Any) -> dict[str, Any]:
        environ: dict[str, Any] = super()._base_environ(**request)  # type: ignore[misc]
        located = found(environ.get("HTTP_HOST", environ["SERVER_NAME"]), environ["PATH_INFO"])
        set_script_prefix(f"{located.root_path}/")  # WSGI's handler does it, the test client's does not
        return environ | {"SCRIPT_NAME": located.root_path, "PATH_INFO": located.path}

    def sign_in(self, person: Person) -> None:
        """Staff come with their second factor, as their pages ask."""
        self.force_login(person)
        if person.is_staff:
            request = HttpRequest()
            request.session, request.user = self.session, person
            record_second_factor(request, person, kind="totp")
            request.session.save()

    def request(self, **request: Any) -> Any:
        try:
            return super().request(**request)
        finally:
            set_script_prefix("/")


def found(host: str, path: str) -> Located:
    """A community made a moment ago is found at once: in production that takes a few seconds."""
    first = path.lstrip("/").partition("/")[0]
    if first and first not in directory().slugs:
        directory().loaded_at = float("-inf")
    return locate(host, path)
