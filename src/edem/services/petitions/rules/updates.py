"""News that the author tells after publication: how long, how often, and while the petition lives (charter)."""

import re
from datetime import datetime, timedelta
from typing import Final

from edem.kernel.errors import Conflict, Invalid
from edem.services.petitions.charter import PetitionCharter
from edem.services.petitions.rules.lifecycle import BEFORE_PUBLICATION, State
from edem.services.petitions.rules.text import tidy_paragraphs

UPDATE_MAX: Final = 1_000
UPDATE_MIN: Final = 10
_SILENT: Final = BEFORE_PUBLICATION | {State.REJECTED, State.WITHDRAWN}


def tidy_update(text: str) -> str:
    """One blank line between paragraphs is enough for a short text."""
    tidy = re.sub(r"\n{2,}", "\n\n", tidy_paragraphs(text))
    if not UPDATE_MIN <= len(tidy) <= UPDATE_MAX:
        raise Invalid("petition.update_length", least=UPDATE_MIN, most=UPDATE_MAX)
    return tidy


def may_be_told_of(state: State) -> bool:
    return state not in _SILENT


def check_may_tell(charter: PetitionCharter, *, state: State, last_at: datetime | None, now: datetime) -> None:
    """Followers are written to once in a while: `last_at` is the last news that was not refused."""
    if not may_be_told_of(state):
        raise Conflict("petition.nothing_to_tell_yet")
    if last_at is not None:
        free_at = last_at + timedelta(days=charter.update_pause_days)
        if now < free_at:
            raise Conflict("petition.update_pause", until=free_at)
