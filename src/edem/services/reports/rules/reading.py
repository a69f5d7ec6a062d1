"""Who may read what of a report: the public, its author, and those whose work it is."""

from collections.abc import Collection
from typing import Final

from edem.foundation.people.roles import Role
from edem.kernel.lifecycle import AUTHOR
from edem.services.reports.rules.lifecycle import IN_ORGANISATION, IN_PUBLIC, State

STAFF_READS: Final = frozenset({Role.MODERATOR, Role.CONTROL, Role.AUDITOR, Role.COMMUNITY_ADMIN, Role.MAYOR})
KNOWS_THE_AUTHOR: Final = frozenset({Role.MODERATOR, Role.CONTROL})
"""An anonymous author is known to these alone (charter)."""


def may_read(state: State, actors: Collection[str], *, was_public: bool) -> bool:
    """What waits for the moderator, or never came further, is its author's and the staff's."""
    return AUTHOR in actors or is_staff_reading(actors) or (state in IN_PUBLIC and was_public)


def is_staff_reading(actors: Collection[str]) -> bool:
    """The actors of a report name a worker only where their organisation holds it."""
    return not (STAFF_READS | IN_ORGANISATION).isdisjoint(actors)


def knows_author(actors: Collection[str]) -> bool:
    return not KNOWS_THE_AUTHOR.isdisjoint(actors)
