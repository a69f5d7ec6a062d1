"""Single cells of a foreign table: a moment, a state, a place. What is not understood is refused, never guessed."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from edem.kernel.deadlines import KYIV
from edem.kernel.errors import Invalid
from edem.kernel.geo.points import Point
from edem.kernel.ukrainian import fold
from edem.services.reports.rules.importing.fields import DayOrder
from edem.services.reports.rules.open311.posting import are_swapped

_EARLIEST: Final = datetime(1990, 1, 1, tzinfo=UTC)
_SHOWN: Final = 60
_SECONDS, _MILLISECONDS = 10, 13
_TIME: Final = r"(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?"
_ZONE: Final = r" ?(Z|[+-]\d{2}:?\d{2})?"
_ISO: Final = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}{_ZONE}", re.ASCII)
_OURS: Final = re.compile(rf"(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}})(?: р\.?)?,?{_TIME}{_ZONE}", re.ASCII)
_DEGREES: Final = re.compile(r"[+-]?\d{1,3}(?:[.,]\d{1,20})?°?", re.ASCII)
_STATES: Final[tuple[tuple[str, bool], ...]] = (
    *((word, True) for word in ("clos", "archiv", "fixed", "resolv", "complet", "solv", "done", "закрит", "вирішен",
                                "виконан", "архів", "усунен", "завершен")),
    *((word, False) for word in ("open", "new", "acknowledg", "accept", "progress", "assign", "submit", "reopen",
                                 "відкрит", "нов", "в роботі", "прийнят", "на розгляді", "очікує")),
)  # fmt: skip
_NOT_YET: Final = ("не ", "un", "not ")


def moment_in(text: str, order: DayOrder, *, now: datetime) -> datetime | None:
    """Nothing for an empty cell; a wrong, future or prehistoric date is refused."""
    if not text:
        return None
    found = _counted(text) or _written(text, order)
    if found is None:
        raise Invalid("report_import.bad_date", found=text[:_SHOWN])
    if found > now:
        raise Invalid("report_import.future_date", found=text[:_SHOWN])
    if found < _EARLIEST:
        raise Invalid("report_import.old_date", found=text[:_SHOWN])
    return found


def is_closed(text: str) -> bool | None:
    """None for an empty cell."""
    plain = fold(text).strip()
    if not plain:
        return None
    for word, closed in _STATES:
        if word in plain:
            denied = closed and plain.startswith(_NOT_YET)
            return closed and not denied
    raise Invalid("report_import.bad_status", found=text[:_SHOWN])


def place_in(latitude: str, longitude: str) -> Point | None:
    if not latitude and not longitude:
        return None
    if not latitude or not longitude:
        raise Invalid("report_import.half_a_point")
    lat, lon = _degrees(latitude), _degrees(longitude)
    if lat == lon == 0:
        raise Invalid("report_import.nought")
    if are_swapped(lat, lon) or abs(lat) > 90 >= abs(lon):  # noqa: PLR2004 - no latitude is greater
        raise Invalid("report_import.swapped", lat=latitude[:20], lon=longitude[:20])
    return Point(lat=lat, lon=lon)


def category_of(text: str, known: Mapping[str, str], *, default: str) -> str:
    """`known`: folded word, title or code → code."""
    code = known.get(fold(text).strip()) or default
    if not code:
        raise Invalid("report_import.unknown_category", found=text[:_SHOWN])
    return code


def _degrees(text: str) -> float:
    if not _DEGREES.fullmatch(text):
        raise Invalid("report_import.bad_coordinate", found=text[:_SHOWN])
    return float(text.rstrip("°").replace(",", "."))


def _counted(text: str) -> datetime | None:
    """Seconds or milliseconds of Unix, as map servers write them."""
    if not re.fullmatch(r"\d{10}|\d{13}", text, re.ASCII):
        return None
    return datetime.fromtimestamp(int(text) / (1 if len(text) == _SECONDS else 1000), UTC)


def _written(text: str, order: DayOrder) -> datetime | None:
    iso, ours = _ISO.fullmatch(text), _OURS.fullmatch(text)
    if iso:
        year, month, day, *rest = iso.groups()
    elif ours:
        first, second, year, *rest = ours.groups()
        day, month = (first, second) if order is DayOrder.DAY_FIRST else (second, first)
    else:
        return None
    hour, minute, second_, zone = rest
    try:
        at = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second_ or 0), tzinfo=KYIV)
        at = at if not zone else datetime.strptime(f"{at:%Y-%m-%dT%H:%M:%S}{zone}", "%Y-%m-%dT%H:%M:%S%z")
        return at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
