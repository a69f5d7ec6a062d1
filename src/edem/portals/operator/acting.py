"""What every page of the operator does the same way: who may come in, whose pen records, what is said after."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.communities.recording import Record
from edem.foundation.live.kept import drop_pages
from edem.foundation.people.access import staff
from edem.foundation.people.models import Person
from edem.foundation.people.requests import PersonalRequest, Request
from edem.foundation.people.roles import Role

ADMINISTRATORS = staff.having(Role.COMMUNITY_ADMIN, Role.PLATFORM_OPERATOR)
OPERATORS = staff.having(Role.PLATFORM_OPERATOR)


class OperatorRequest(Request):
    """A request to a page of the platform's operator, on the platform's own host."""

    person: Person


def pen_of(request: PersonalRequest | OperatorRequest) -> Record:
    """What the action calls to write itself into the log, in its own transaction."""
    return partial(record_staff_act, request.person)


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, even when it is nothing at all: an empty form is still a form to be judged."""
    return request.POST if request.method == "POST" else None


def done(request: HttpRequest, sentence: str, to: str, *args: Any) -> HttpResponse:
    """Say that it is done, drop the kept pages that show it, and go where it can be seen."""
    messages.success(request, sentence)
    community = getattr(request, "community", None)
    drop_pages("national", *([f"community:{community.slug}"] if community else []))
    return redirect(to, *args)
