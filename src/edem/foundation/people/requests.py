"""A request as the views see it, after the middleware: its moment, its community, its person."""

from datetime import datetime
from typing import cast

from django.http import HttpRequest

from edem.foundation.communities.models import Community
from edem.foundation.people.models import Person


class Request(HttpRequest):
    now: datetime
    community: Community | None
    person: Person | None


class CommunityRequest(Request):
    """A request to a page of one community, whoever reads it."""

    community: Community


class PersonalRequest(CommunityRequest):
    """A request to a page that is open to residents or staff: somebody is signed in."""

    person: Person


def platform_request(request: HttpRequest) -> Request:
    """The same request, typed as the middleware left it, where a library hands it on with Django's own type."""
    return cast(Request, request)


def community_request(request: HttpRequest) -> CommunityRequest:
    """As `platform_request`, at an address within a community."""
    return cast(CommunityRequest, request)
