"""Template filters for numbers and moments, in the language of the page."""

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.dateformat import time_format
from django.utils.translation import get_language

from edem.kernel import ukrainian
from edem.kernel.deadlines import last_day_before
from edem.kernel.money import Hryvnias

Number = int | float | Decimal


def number(value: Number | str | None) -> str:
    """«1 234,5» on a Ukrainian page, “1,234.5” on an English one; words stay as they are."""
    if value is None:
        return "—"
    if isinstance(value, str):
        return value
    if _is_ukrainian():
        return ukrainian.number(value)
    return f"{value:,}".replace("-", "−")


def hryvnias(value: Hryvnias | Number) -> str:
    """«1 234,50 ₴»; whole hryvnias without the kopiykas."""
    amount = value.amount if isinstance(value, Hryvnias) else Decimal(str(value))
    whole = amount == amount.to_integral_value()
    words = (
        ukrainian.number(amount, places=0 if whole else 2) if _is_ukrainian() else f"{amount:,.{0 if whole else 2}f}"
    )
    return f"{words}\u00a0₴"


def day(value: date | datetime | None) -> str:
    """«14 жовтня 2026», in Kyiv."""
    return format_date(_here(value), "j\u00a0E Y") if value else ""


def short_day(value: date | datetime | None) -> str:
    """«14 жовтня»."""
    return format_date(_here(value), "j\u00a0E") if value else ""


def moment(value: datetime | None) -> str:
    """«14 жовтня 2026, 23:59»."""
    return format_date(_here(value), "j\u00a0E Y, H:i") if value else ""


def last_day(due: datetime | None) -> str:
    """The last day of a term that ends at this moment: a term till Tuesday's midnight lasts through Monday."""
    return day(last_day_before(due)) if due else ""


def clock(value: datetime | None) -> str:
    """«09:41»."""
    return time_format(timezone.localtime(value).time(), "H:i") if value else ""


def _here(value: date | datetime) -> date | datetime:
    return timezone.localtime(value) if isinstance(value, datetime) else value


def _is_ukrainian() -> bool:
    return (get_language() or "uk").startswith("uk")
