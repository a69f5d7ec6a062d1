"""How long is left, in the words of a neighbour; overdue is said plainly."""

from datetime import datetime, timedelta

from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from edem.kernel.deadlines import overdue_days
from edem.ui.pieces import piece

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


def words_left(until: datetime, now: datetime) -> str:
    """Whole days while there are two or more, then hours, then minutes. Only whole ones, so nobody counts on the rest;
    a term of thirty days, which begins tomorrow, has thirty days left today.
    """
    left = until - now
    if left <= timedelta(0):
        return words_late(until, now)
    if left >= 2 * DAY:
        days = left // DAY
        return ngettext("лишився %(count)s день", "лишилося %(count)s днів", days) % {"count": days}
    if left >= HOUR:
        hours = left // HOUR
        return ngettext("лишилася %(count)s година", "лишилося %(count)s годин", hours) % {"count": hours}
    minutes = max(1, left // MINUTE)
    return ngettext("лишилася %(count)s хвилина", "лишилося %(count)s хвилин", minutes) % {"count": minutes}


def words_late(until: datetime, now: datetime) -> str:
    days = overdue_days(until, now)
    return ngettext("прострочено на %(count)s день", "прострочено на %(count)s днів", days) % {"count": days}


def countdown(until: datetime, *, now: datetime) -> SafeString:
    """A <time> that says how long is left; an island keeps it true while the page is open."""
    return piece("countdown/countdown", until=until, words=words_left(until, now), is_late=until <= now)
