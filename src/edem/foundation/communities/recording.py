"""Who writes a staff act into the audit: the audit stands above the communities, so its pen is handed in."""

from datetime import datetime
from typing import Protocol

from django.db.models import Model


class Record(Protocol):
    """Called once inside the action's transaction: `partial(record_staff_act, person)` of foundation.audit."""

    def __call__(
        self, act: str, *, community_id: int | None, subject: Model, now: datetime, **facts: str | int
    ) -> None: ...


def unrecorded(act: str, *, community_id: int | None, subject: Model, now: datetime, **facts: str | int) -> None:
    """For acts of the installation itself: the sample community, an import from the command line."""
