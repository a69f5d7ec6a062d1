"""How long what identifies signers is kept, and a draft that nobody touches (Law 2297-VI, art. 15; charter). Pure."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from edem.kernel.deadlines import DayOff, Term, Unit, WorkingCalendar, ends_at

MONTHS: Final = 12
DRAFT_DAYS: Final = 365
WARNED_BEFORE: Final = timedelta(days=30)


class Erased(StrEnum):
    SIGNERS = "signers"
    DRAFT = "draft"


def list_kept_until(published_at: datetime, years: int, calendar: WorkingCalendar) -> datetime:
    """The midnight after the same day of the last year; of 29 February, after the 28th where there is no 29th."""
    term = Term(amount=years * MONTHS, unit=Unit.MONTHS, day_off=DayOff.STAYS, starts="published")
    return ends_at(term, published_at, calendar)


def draft_to_warn(now: datetime) -> datetime:
    """Drafts untouched since before this moment are near their end."""
    return now - timedelta(days=DRAFT_DAYS) + WARNED_BEFORE


def draft_goes_at(warned_at: datetime) -> datetime:
    """Nobody loses a draft without having been told a month before, however late the warning was."""
    return warned_at + WARNED_BEFORE
