"""What the notices announce."""

from dataclasses import dataclass
from uuid import UUID

from edem.foundation.events.facts import event


@event
@dataclass(frozen=True)
class NoticesQueued:
    """Letters wait to be sent. One event speaks for all of them."""


@event
@dataclass(frozen=True)
class MessagesQueued:
    """Short messages wait to be sent. One event speaks for all of them."""


@event
@dataclass(frozen=True, kw_only=True)
class OfficialLetterLost:
    """A letter to a body's public mailbox came back or was refused: whoever waits for that body must hear of it."""

    community_id: int
    notice_id: UUID
    topic: str
    once: str
    address: str
    status: str
