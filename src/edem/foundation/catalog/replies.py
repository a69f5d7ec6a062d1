"""A person's answer by mail to one of our letters, as the service that wrote the letter gets it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class ReplyFile:
    name: str
    content: bytes
    """As it came from a stranger: the files' own rules say what of it is taken."""


@dataclass(frozen=True, kw_only=True)
class Reply:
    """Whose letter is answered is sealed in the address; who truly typed it, mail cannot say."""

    id: UUID
    """The same for the same message, however often it comes: what has landed once does not land again."""
    community_id: int
    once: str
    """The occasion of the answered letter: «reports.sent:5:7»."""
    path: str
    person_id: UUID | None
    """To whom the letter went; None for a body's public mailbox."""
    address: str
    """That mailbox; empty for a person."""
    text: str
    files: Sequence[ReplyFile]


TakesReply = Callable[[Reply, datetime], bool]
"""Says whether it had a place for the answer."""
