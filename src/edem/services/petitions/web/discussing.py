"""The conversation under a petition: its pages, and the page where one writes."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from edem.foundation.discussions.actions import add_comment
from edem.foundation.discussions.forms import CommentForm
from edem.foundation.discussions.queries import comment_in, glance_at, thread_page
from edem.foundation.discussions.rules import CommentState, Thread
from edem.foundation.live.kept import kept
from edem.foundation.people.access import anyone, open_to, residents
from edem.foundation.people.requests import CommunityRequest, PersonalRequest
from edem.kernel.errors import Missing
from edem.services.petitions.queries.discussion import thread_of
from edem.services.petitions.queries.pages import PetitionPage, petition_for
from edem.ui.refusals import refusals_shown_on

MOST_DIGITS = 18


@open_to(anyone)
@kept(query=("page",), tags=("petition:{petition_id}",))
@require_safe
def comments(request: CommunityRequest, petition_id: int) -> HttpResponse:
    talk = thread_page(talked_of(request, petition_id), request.GET.get("page"), reader=request.person)
    facts = {"talk": talk, "reader_id": request.person.pk if request.person else None}
    return render(request, "discussions/page.html", facts | addresses(petition_id))


@open_to(residents)
@require_http_methods(["GET", "POST"])
def comment(request: PersonalRequest, petition_id: int) -> HttpResponse:
    """Say something, or answer the comment named by `answer`."""
    thread = talked_of(request, petition_id)
    named = request.GET.get("answer", "")
    parent_id = int(named) if named.isdecimal() and len(named) <= MOST_DIGITS else None
    answered = comment_in(request.community.pk, parent_id) if parent_id else None
    if answered and (answered.path != thread.path or answered.state != CommentState.PUBLIC):
        raise Missing("discussions.no_such_comment")
    form = CommentForm(request.POST or None)
    if form.is_valid():
        with refusals_shown_on(form):
            words = form.cleaned_data["text"]
            pk = add_comment(thread, words, by=request.person, now=request.now, parent_id=parent_id)
            return redirect("discussions:comment", pk)
    facts = {"thread": thread, "answered": answered, "form": form}
    return render(request, "discussions/add.html", facts, status=form.status)


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
