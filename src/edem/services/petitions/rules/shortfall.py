"""When exclusions take a petition below its threshold before the answer, an officer says in public what follows."""

from datetime import datetime
from typing import Final

from edem.kernel.errors import Conflict
from edem.services.petitions.rules.collecting import Progress
from edem.services.petitions.rules.lifecycle import State, Step

UNANSWERED: Final = frozenset({State.REACHED, State.HANDED_OVER, State.CONSIDERATION})
WAYS: Final = frozenset({Step.CONTINUE, Step.COLLECT_ON, Step.COUNT_SHORT})


def falls_short(progress: Progress) -> bool:
    """Reached once, and not any more, while there is no answer yet."""
    return progress.state in UNANSWERED and progress.signatures < progress.required


def ways_on(progress: Progress, *, shortfall_at: datetime | None, now: datetime) -> frozenset[Step]:
    """What an officer may decide. A term that still runs is the author's: nobody may end it early."""
    if shortfall_at is None or not falls_short(progress):
        return frozenset()
    still_runs = progress.closes_at is not None and now < progress.closes_at
    return frozenset({Step.CONTINUE, Step.COLLECT_ON if still_runs else Step.COUNT_SHORT})


def check_way(step: Step, progress: Progress, *, shortfall_at: datetime | None, now: datetime) -> None:
    if step not in ways_on(progress, shortfall_at=shortfall_at, now=now):
        raise Conflict("petition.step_not_now")
