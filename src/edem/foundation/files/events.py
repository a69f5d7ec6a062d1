"""What happened to files, as facts."""

from dataclasses import dataclass
from uuid import UUID

from edem.foundation.events.facts import event


@event
@dataclass(frozen=True, kw_only=True)
class PictureKept:
    """A picture became part of an item where lists show it small."""

    file_id: UUID
