"""What takes two officers, and that they are two; who works at the desk. Pure."""

from enum import StrEnum
from typing import Final
from uuid import UUID

from edem.foundation.people.roles import Role
from edem.kernel.errors import Conflict, Invalid, NotAllowed
from edem.kernel.ukrainian import N_

DECIDE_MEMBERSHIP: Final = (Role.OFFICER, Role.CLERK, Role.COMMUNITY_ADMIN)
"""Who works at the desk: proposes and decides, but never both in one matter of two."""


class Matter(StrEnum):
    MEMBERSHIP = "membership"
    SURNAME = "surname"
    MERGE = "merge"
    UNMERGE = "unmerge"
    SLIP = "slip"


MATTERS: Final = {
    Matter.MEMBERSHIP: N_("Підтвердити належність до громади"),
    Matter.SURNAME: N_("Змінити ім’я за документом"),
    Matter.MERGE: N_("Об’єднати два облікові записи"),
    Matter.UNMERGE: N_("Роз’єднати облікові записи"),
    Matter.SLIP: N_("Видати талон на вхід"),
}


class Standing(StrEnum):
    WAITING = "waiting"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


def check_may_confirm(standing: Standing, *, proposed_by: UUID, by: UUID) -> None:
    check_waits(standing)
    if proposed_by == by:
        raise NotAllowed("identity.own_proposal")


def check_may_decline(standing: Standing, *, note: str) -> None:
    """Its proposer may drop it, too; whoever declines says why."""
    check_waits(standing)
    if not note.strip():
        raise Invalid("identity.note_required")


def check_waits(standing: Standing) -> None:
    if standing is not Standing.WAITING:
        raise Conflict("identity.already_decided")
