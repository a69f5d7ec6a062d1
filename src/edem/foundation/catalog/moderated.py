"""What of a service a moderator may be asked about: how it is found, approved and hidden."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from edem.foundation.communities.models import Community
from edem.foundation.people.models import Person


@dataclass(frozen=True, kw_only=True)
class ModeratedThing:
    """One thing as the reporter and the moderator see it."""

    title: str
    text: str
    path: str
    """Where it is read, within the community."""
    author_name: str
    author_id: UUID | None
    is_public: bool
    """A reader may report only what everybody can read."""
    replaces: str = ""
    """The text that stands now, when this one is to take its place."""
    file_url: str = ""


@dataclass(frozen=True, kw_only=True)
class ModeratedKind:
    """A kind of thing: petition, attachment, comment. The functions join the moderator's transaction."""

    kind: str
    label: str
    find: Callable[[Community, str], ModeratedThing | None]
    approve: Callable[[Community, str, Person, datetime], None]
    """What waited is published; what was public already stays."""
    hide: Callable[[Community, str, str, Person, datetime], None] | None = None
    """With the ground as it will read; None where a report alone hides nothing."""
