"""Dates and moments in words, always as they are in Kyiv."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

_KYIV = ZoneInfo("Europe/Kyiv")
_MONTHS = (
    *("січня", "лютого", "березня", "квітня", "травня", "червня"),
    *("липня", "серпня", "вересня", "жовтня", "листопада", "грудня"),
)
_WEEKDAYS = ("понеділок", "вівторок", "середа", "четвер", "п’ятниця", "субота", "неділя")


def date_words(day: date) -> str:
    """«14 жовтня 2026»."""
    return f"{day_month(day)} {_day(day).year}"


def day_month(day: date) -> str:
    """«14 жовтня»."""
    day = _day(day)
    return f"{day.day} {_MONTHS[day.month - 1]}"


def moment_words(at: datetime) -> str:
    """«14 жовтня 2026, 09:05»."""
    return f"{date_words(at)}, {at.astimezone(_KYIV):%H:%M}"


def weekday_words(day: date) -> str:
    """«середа, 14 жовтня 2026»."""
    return f"{_WEEKDAYS[_day(day).weekday()]}, {date_words(day)}"


def _day(day: date) -> date:
    if not isinstance(day, datetime):
        return day
    if day.tzinfo is None:
        raise ValueError("a moment without a time zone is nobody's moment")
    return day.astimezone(_KYIV).date()
