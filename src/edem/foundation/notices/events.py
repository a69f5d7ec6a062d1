"""What the notices announce."""

from dataclasses import dataclass

from edem.foundation.events.facts import event


@event
@dataclass(frozen=True)
class NoticesQueued:
    """Letters wait to be sent. One event speaks for all of them."""


@event
@dataclass(frozen=True)
class MessagesQueued:
    """Short messages wait to be sent. One event speaks for all of them."""
