"""Conversations as pages show them: first words in order, answers under them, paged, each with its own address."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from edem.foundation.discussions.models import Comment
from edem.foundation.discussions.rules import IN_SIGHT, CommentState, Thread
from edem.foundation.people.models import Person
from edem.kernel.errors import Missing

PAGE: Final = 20
NEWEST: Final = 3
MOST_ID: Final = 2**63
_OWN = (CommentState.WAITING, CommentState.REFUSED)


@dataclass(frozen=True, kw_only=True)
class Said:
    """A comment with the answers to it."""

    comment: Comment
    replies: Sequence[Comment]


@dataclass(frozen=True, kw_only=True)
class ThreadPage:
    thread: Thread
    page: "Page[Comment]"
    said: Sequence[Said]


@dataclass(frozen=True, kw_only=True)
class ThreadGlance:
    """The end of a conversation, for the subject's own page."""

    thread: Thread
    count: int
    newest: Sequence[Comment]


def thread_page(thread: Thread, number: str | None, *, reader: Person | None) -> ThreadPage:
    """One page, in the order of writing: an address of a comment stays right while others are added."""
    page = Paginator(_roots(thread, reader), PAGE).get_page(number)
    roots = list(page)
    replies: dict[int, list[Comment]] = {root.pk: [] for root in roots}
    answers = _seen(thread, reader).filter(parent__in=roots).order_by("at", "pk")
    for reply in answers:
        replies[reply.parent_id or 0].append(reply)
    return ThreadPage(thread=thread, page=page, said=[Said(comment=root, replies=replies[root.pk]) for root in roots])


def glance_at(thread: Thread) -> ThreadGlance:
    public = _in(thread).filter(state=CommentState.PUBLIC)
    newest = list(public.order_by("-at", "-pk")[:NEWEST])
    count = len(newest) if len(newest) < NEWEST else public.count()
    return ThreadGlance(thread=thread, count=count, newest=newest)


def comment_in(community_id: int, comment_id: int) -> Comment:
    found = Comment.objects.filter(community_id=community_id, pk=comment_id) if comment_id < MOST_ID else None
    comment = found.order_by("pk").first() if found is not None else None
    if comment is None:
        raise Missing("discussions.no_such_comment")
    return comment


def place_of(comment: Comment, *, reader: Person | None) -> str:
    """Where it stands in its conversation, for whoever may see it there."""
    root = comment.parent or comment
    mine = reader is not None and comment.author_id == reader.pk
    if comment.state not in IN_SIGHT and not mine:
        raise Missing("discussions.no_such_comment")
    siblings = Comment.objects.filter(
        community_id=root.community_id,
        service=root.service,
        kind=root.kind,
        subject_id=root.subject_id,
        parent=None,
    )
    seen = siblings.filter(_visible_to(reader))
    before = seen.filter(Q(at__lt=root.at) | Q(at=root.at, pk__lt=root.pk)).count()
    return f"{comment.path}comments/?page={before // PAGE + 1}#c{comment.pk}"


def said_since(person_id: UUID, community_id: int, *, since: datetime) -> int:
    return Comment.objects.filter(author_id=person_id, community_id=community_id, at__gt=since).count()


def _roots(thread: Thread, reader: Person | None) -> QuerySet[Comment]:
    return _seen(thread, reader).filter(parent=None).order_by("at", "pk")


def _seen(thread: Thread, reader: Person | None) -> QuerySet[Comment]:
    return _in(thread).filter(_visible_to(reader))


def _visible_to(reader: Person | None) -> Q:
    """What waits or was refused is shown to its author alone."""
    public = Q(state__in=list(IN_SIGHT))
    return public | Q(author=reader, state__in=_OWN) if reader else public


def _in(thread: Thread) -> QuerySet[Comment]:
    return Comment.objects.filter(
        community_id=thread.community_id,
        service=thread.service,
        kind=thread.kind,
        subject_id=thread.subject_id,
    )
