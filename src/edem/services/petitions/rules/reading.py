"""Who may read a petition that is not public yet."""

from collections.abc import Collection
from typing import Final

from edem.foundation.people.roles import Role
from edem.kernel.lifecycle import AUTHOR
from edem.services.petitions.rules.lifecycle import IN_PUBLIC, State

STAFF_READS: Final = frozenset(
    {Role.MODERATOR, Role.OFFICER, Role.MAYOR, Role.CONTROL, Role.AUDITOR, Role.COMMUNITY_ADMIN}
)


def may_read(state: State, actors: Collection[str], *, was_public: bool) -> bool:
    """A draft is its author's; what waits for the moderator is the staff's too; the rest is everybody's.

    One that its author took back before anybody could read it stays unread.
    """
    if AUTHOR in actors:
        return True
    if state in IN_PUBLIC and (was_public or state is not State.WITHDRAWN):
        return True
    return state is not State.DRAFT and is_staff_reading(actors)


def is_staff_reading(actors: Collection[str]) -> bool:
    return not STAFF_READS.isdisjoint(actors)
