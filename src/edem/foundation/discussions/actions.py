"""Saying something, taking it back; publishing and hiding are parts of the moderator's decision."""

from datetime import datetime, timedelta

from django.db import transaction

from edem.foundation.discussions.models import Comment
from edem.foundation.discussions.queries import comment_in, said_since
from edem.foundation.discussions.rules import (
    CommentState,
    Thread,
    check_length,
    check_may_comment,
    check_may_reply,
)
from edem.foundation.discussions.tidying import tidy_comment
from edem.foundation.identity.queries import may_act_in
from edem.foundation.live.kept import drop_pages
from edem.foundation.moderation.actions import decide_case, open_case
from edem.foundation.moderation.queries import open_case_of
from edem.foundation.moderation.rules import Decision, Subject
from edem.foundation.people.models import Person
from edem.kernel.errors import Conflict, Missing, NotAllowed

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@transaction.atomic(durable=True)
def add_comment(thread: Thread, text: str, *, by: Person, now: datetime, parent_id: int | None = None) -> int:
    """Say something under a thing; where the charter wants it so, a moderator reads it first."""
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)  # the limits count one at a time

    is_member = may_act_in(by, thread.community_id, now=now).may
    last_hour = said_since(by.pk, thread.community_id, since=now - HOUR)
    last_day = said_since(by.pk, thread.community_id, since=now - DAY)
    check_may_comment(thread, is_member=is_member, last_hour=last_hour, last_day=last_day)
    words = tidy_comment(text)
    check_length(words)
    parent = answered(thread, parent_id) if parent_id else None

    comment = comment_under(thread, words, by=by, at=now, parent=parent)
    comment.state = CommentState.WAITING if thread.is_read_first else CommentState.PUBLIC
    comment.save(force_insert=True)
    if thread.is_read_first:
        path = f"/moderation/{thread.service}/comment/{comment.pk}/"
        open_case(subject_of(comment), community_id=thread.community_id, title=thread.title, path=path, now=now)
    show_anew(comment)
    return comment.pk


def comment_under(thread: Thread, text: str, *, by: Person, at: datetime, parent: Comment | None) -> Comment:
    """In public, and not saved yet: its thread is written into it, for the thing belongs to another service."""
    return Comment(
        community_id=thread.community_id,
        service=thread.service,
        kind=thread.kind,
        subject_id=thread.subject_id,
        title=thread.title,
        path=thread.path,
        kept_tag=thread.kept_tag,
        parent=parent,
        author=by,
        author_name=by.display_name,
        text=text,
        state=CommentState.PUBLIC,
        at=at,
    )


@transaction.atomic(durable=True)
def delete_comment(comment_id: int, *, community_id: int, by: Person, now: datetime) -> None:
    """The author takes the words back; that something stood here stays in sight."""
    comment = comment_in(community_id, comment_id)

    if comment.author_id != by.pk:
        raise NotAllowed("discussions.not_yours")
    # The case first, as the moderator's decision locks them: two who lock in one order never wait for each other.
    if open_case_of(subject_of(comment), community_id=community_id):
        decide_case(subject_of(comment), Decision.WITHDRAWN, community_id=community_id, by=by, now=now)
    comment = locked(comment)
    if comment.state not in {CommentState.PUBLIC, CommentState.WAITING}:
        raise Conflict("discussions.nothing_to_answer")

    comment.state, comment.text, comment.ended_at = CommentState.DELETED, "", now
    comment.save(update_fields=["state", "text", "ended_at"])
    show_anew(comment)


def publish_comment(comment: Comment) -> None:
    """Part of the moderator's decision; what was public already stays."""
    if comment.state == CommentState.WAITING:
        comment.state = CommentState.PUBLIC
        comment.save(update_fields=["state"])
        show_anew(comment)


def hide_comment(comment: Comment, *, ground: str, now: datetime) -> None:
    """Part of the moderator's decision: the words are out of sight, the place and the ground stay."""
    if comment.state not in {CommentState.PUBLIC, CommentState.WAITING}:
        return
    was_public = comment.state == CommentState.PUBLIC
    comment.state = CommentState.HIDDEN if was_public else CommentState.REFUSED
    comment.ground, comment.ended_at = ground, now
    comment.save(update_fields=["state", "ground", "ended_at"])
    show_anew(comment)


def answered(thread: Thread, parent_id: int) -> Comment:
    """The comment that is answered, if it belongs to this conversation."""
    parent = locked(comment_in(thread.community_id, parent_id))
    if (parent.service, parent.kind, parent.subject_id) != (thread.service, thread.kind, thread.subject_id):
        raise Missing("discussions.no_such_comment")
    state = CommentState(parent.state)
    check_may_reply(state, is_reply=parent.parent_id is not None, replies=parent.replies.count())
    return parent


def locked(comment: Comment) -> Comment:
    return Comment.objects.select_for_update(of=("self",), no_key=True).get(pk=comment.pk)


def subject_of(comment: Comment) -> Subject:
    return Subject(service=comment.service, kind="comment", subject_id=str(comment.pk))


def show_anew(comment: Comment) -> None:
    drop_pages(comment.kept_tag)
