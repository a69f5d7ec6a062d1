"""What emergency access may be. Pure."""

from datetime import datetime, timedelta

from edem.foundation.people.roles import IN_EMERGENCY, Role
from edem.kernel.errors import Invalid

LONGEST = timedelta(hours=4)
HOURS = (1, 2, 3, 4)
SHORTEST_REASON = 20
"""Letters: «треба» is no reason that anybody could review."""
REVIEWERS = frozenset({Role.OFFICER, Role.CONTROL, Role.AUDITOR})
CLOSERS = frozenset({Role.COMMUNITY_ADMIN, Role.CONTROL, Role.PLATFORM_OPERATOR})
"""Besides the holder."""


def check_request(*, role: Role, reason: str, until: datetime, now: datetime) -> None:
    if role not in IN_EMERGENCY:
        raise Invalid("people.emergency_role", field="role")
    if len(reason.strip()) < SHORTEST_REASON:
        raise Invalid("people.emergency_reason", least=SHORTEST_REASON, field="reason")
    if not now < until <= now + LONGEST:
        raise Invalid("people.emergency_too_long", field="hours")
