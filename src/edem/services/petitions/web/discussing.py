"""The conversation under a petition: its pages, and the page where one writes."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from edem.foundation.discussions.pages import conversation, writing
from edem.foundation.discussions.queries import glance_at
from edem.foundation.discussions.rules import Thread
from edem.foundation.live.kept import kept
from edem.foundation.people.access import anyone, open_to, residents
from edem.foundation.people.requests import CommunityRequest, PersonalRequest
from edem.kernel.errors import Missing
from edem.services.petitions.queries.discussion import thread_of
from edem.services.petitions.queries.pages import PetitionPage, petition_for


@open_to(anyone)
@kept(query=("page",), tags=("petition:{petition_id}",))
@require_safe
def comments(request: CommunityRequest, petition_id: int) -> HttpResponse:
    return conversation(request, talked_of(request, petition_id), addresses(petition_id))


@open_to(residents)
@require_http_methods(["GET", "POST"])
def comment(request: PersonalRequest, petition_id: int) -> HttpResponse:
    return writing(request, talked_of(request, petition_id))


def talked_of(request: CommunityRequest, petition_id: int) -> Thread:
    thread = thread_of(petition_for(request.community, petition_id, reader=request.person))
    if thread is None:
        raise Missing("petition.missing")
    return thread


def glance_facts(page: PetitionPage) -> dict[str, object]:
    """For the petition's card."""
    thread = thread_of(page.petition)
    return {"glance": glance_at(thread) if thread else None} | addresses(page.petition.pk)


def addresses(petition_id: int) -> dict[str, object]:
    return {
        "comments_url": reverse("petitions:comments", args=[petition_id]),
        "add_url": reverse("petitions:comment", args=[petition_id]),
    }
