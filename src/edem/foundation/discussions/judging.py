"""Comments as moderators are asked about them. A service that has comments puts this kind into its manifest."""

from datetime import datetime

from edem.foundation.catalog.moderated import ModeratedKind, ModeratedThing
from edem.foundation.communities.models import Community
from edem.foundation.discussions.actions import hide_comment, locked, publish_comment
from edem.foundation.discussions.models import Comment
from edem.foundation.discussions.queries import comment_in
from edem.foundation.discussions.rules import CommentState
from edem.foundation.people.models import Person
from edem.kernel.errors import Missing
from edem.kernel.ukrainian import N_

MOST_DIGITS = 18


def comment_kind() -> ModeratedKind:
    return ModeratedKind(kind="comment", label=N_("Допис в обговоренні"), find=find, approve=approve, hide=hide)


def find(community: Community, subject_id: str) -> ModeratedThing | None:
    comment = comment_of(community, subject_id)
    if comment is None:
        return None
    return ModeratedThing(
        title=comment.title,
        text=comment.text,
        path=f"/comments/{comment.pk}/" if comment.state == CommentState.PUBLIC else comment.path,
        author_name=comment.author_name,
        author_id=comment.author_id,
        is_public=comment.state == CommentState.PUBLIC,
    )


def approve(community: Community, subject_id: str, _by: Person, _now: datetime) -> None:
    publish_comment(needed(community, subject_id))


def hide(community: Community, subject_id: str, ground: str, _by: Person, now: datetime) -> None:
    hide_comment(needed(community, subject_id), ground=ground, now=now)


def needed(community: Community, subject_id: str) -> Comment:
    comment = comment_of(community, subject_id)
    if comment is None:
        raise Missing("moderation.no_such_thing")
    return locked(comment)


def comment_of(community: Community, subject_id: str) -> Comment | None:
    if not subject_id.isdecimal() or len(subject_id) > MOST_DIGITS:
        return None
    try:
        return comment_in(community.pk, int(subject_id))
    except Missing:
        return None
