"""The pages of one conversation. Their addresses and their readers are the service's whose thing is talked about."""

from collections.abc import Mapping
from typing import Final

from django.http import HttpResponse
from django.shortcuts import redirect, render

from edem.foundation.discussions.actions import add_comment
from edem.foundation.discussions.forms import CommentForm
from edem.foundation.discussions.models import Comment
from edem.foundation.discussions.queries import comment_in, thread_page
from edem.foundation.discussions.rules import CommentState, Thread
from edem.foundation.people.requests import CommunityRequest, PersonalRequest
from edem.kernel.errors import Missing
from edem.ui.refusals import refusals_shown_on

_MOST_DIGITS: Final = 18
"""What PostgreSQL's numbers hold."""


def conversation(request: CommunityRequest, thread: Thread, addresses: Mapping[str, object]) -> HttpResponse:
    """All that was said, paged; `addresses` are `comments_url` and `add_url`, as the card's own."""
    talk = thread_page(thread, request.GET.get("page"), reader=request.person)
    facts = {"talk": talk, "reader_id": request.person.pk if request.person else None}
    return render(request, "discussions/page.html", {**facts, **addresses})


def writing(request: PersonalRequest, thread: Thread) -> HttpResponse:
    """Say something, or answer the comment that the address names by `answer`."""
    answered = _answered(thread, request.GET.get("answer", ""))
    form = CommentForm(request.POST or None)
    if form.is_valid():
        with refusals_shown_on(form):
            words, parent_id = form.cleaned_data["text"], answered.pk if answered else None
            pk = add_comment(thread, words, by=request.person, now=request.now, parent_id=parent_id)
            return redirect("discussions:comment", pk)
    facts = {"thread": thread, "answered": answered, "form": form}
    return render(request, "discussions/add.html", facts, status=form.status)


def _answered(thread: Thread, named: str) -> Comment | None:
    """A comment of this very conversation that everybody reads; an address that names none begins anew."""
    number = int(named) if named.isascii() and named.isdecimal() and len(named) <= _MOST_DIGITS else 0
    if not number:
        return None
    comment = comment_in(thread.community_id, number)
    if comment.path != thread.path or comment.state != CommentState.PUBLIC:
        raise Missing("discussions.no_such_comment")
    return comment
