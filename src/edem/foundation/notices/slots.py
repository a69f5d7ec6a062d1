"""When digests go out: every day at 18:00 and every Friday at 10:00, by Kyiv's clock. Pure."""

from datetime import UTC, datetime, time, timedelta
from typing import Final

from edem.foundation.notices.subjects import Rhythm
from edem.kernel.deadlines import KYIV

DAILY_AT: Final = time(18)
WEEKLY_AT: Final = time(10)
FRIDAY: Final = 4
WEEK: Final = 7


def latest_slot(rhythm: Rhythm, now: datetime) -> datetime:
    """The last moment not after `now` when this digest was due; days are Kyiv's, however long they are."""
    local = now.astimezone(KYIV)
    at, step = (WEEKLY_AT, WEEK) if rhythm is Rhythm.WEEKLY else (DAILY_AT, 1)
    day = local.date()
    if rhythm is Rhythm.WEEKLY:
        day -= timedelta(days=(day.weekday() - FRIDAY) % WEEK)
    due = datetime.combine(day, at, tzinfo=KYIV).astimezone(UTC)
    if due > now:
        due = datetime.combine(day - timedelta(days=step), at, tzinfo=KYIV).astimezone(UTC)
    return due
