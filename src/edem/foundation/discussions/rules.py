"""Talking under a thing: who may, how long and how often, and what stays in sight when words are gone. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from edem.kernel.errors import Conflict, Invalid, NotAllowed

LONGEST: Final = 2_000
SHORTEST: Final = 2
MOST_AN_HOUR: Final = 10
MOST_A_DAY: Final = 40
"""From one person in one community: a lively talker stays under it, a flood does not."""
MOST_REPLIES: Final = 200


class CommentState(StrEnum):
    WAITING = "waiting"
    PUBLIC = "public"
    REFUSED = "refused"
    HIDDEN = "hidden"
    DELETED = "deleted"


IN_SIGHT: Final = frozenset({CommentState.PUBLIC, CommentState.HIDDEN, CommentState.DELETED})
"""What was public keeps its place, with words or without."""


@dataclass(frozen=True, kw_only=True)
class Thread:
    """One conversation, as the service that owns its subject describes it."""

    community_id: int
    service: str
    kind: str
    subject_id: str
    title: str
    path: str
    """Where the subject is read, within the community; the conversation itself is under «comments/» there."""
    kept_tag: str
    """Drops the visitors' kept pages that show it."""
    is_open: bool
    is_read_first: bool
    """A moderator reads each comment before everybody does."""
    is_for_members: bool = True
    """Only members of the community write; otherwise whoever has signed in."""


def check_may_comment(thread: Thread, *, is_member: bool, last_hour: int, last_day: int) -> None:
    if not thread.is_open:
        raise Conflict("discussions.closed")
    if thread.is_for_members and not is_member:
        raise NotAllowed("discussions.members_only")
    if last_hour >= MOST_AN_HOUR or last_day >= MOST_A_DAY:
        raise Conflict("discussions.too_often")


def check_may_reply(state: CommentState, *, is_reply: bool, replies: int) -> None:
    """One level of answers: deeper ones nobody follows on a phone."""
    if state is not CommentState.PUBLIC:
        raise Conflict("discussions.nothing_to_answer")
    if is_reply:
        raise Conflict("discussions.one_level")
    if replies >= MOST_REPLIES:
        raise Conflict("discussions.too_many_replies", most=MOST_REPLIES)


def check_length(text: str) -> None:
    if not SHORTEST <= len(text) <= LONGEST:
        raise Invalid("discussions.length", least=SHORTEST, most=LONGEST)
