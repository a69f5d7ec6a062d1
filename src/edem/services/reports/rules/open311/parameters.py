"""Parameters as programs send them: an empty one is absent, a broken one is named and never guessed at."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from edem.kernel.deadlines import KYIV
from edem.kernel.errors import Invalid

Parameters = Mapping[str, str]

MOST_LISTED: Final = 1_000
LONGEST: Final = 20_000
_SHOWN: Final = 60
_W3C: Final = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?)?", re.ASCII)
_LOST_PLUS: Final = re.compile(r" (?=\d{2}:\d{2}$)", re.ASCII)
_NUMBER: Final = re.compile(r"[+-]?\d{1,4}(\.\d{1,20})?", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1970, 2200


def given(parameters: Parameters, name: str) -> str:
    """What was sent, without the spaces around it; text that is no text is refused."""
    value = parameters.get(name, "").strip()
    if "\x00" in value or "\ufffd" in value:
        raise Invalid("open311.unreadable", name=name)
    if len(value) > LONGEST:
        raise Invalid("open311.too_long", name=name, longest=LONGEST)
    return value


def needed(parameters: Parameters, name: str) -> str:
    value = given(parameters, name)
    if not value:
        raise Invalid("open311.missing", name=name)
    return value


def listed(parameters: Parameters, name: str) -> tuple[str, ...]:
    """A comma list, each thing once, in the order it was asked for."""
    found = [part.strip() for part in given(parameters, name).split(",")]
    kept = tuple(dict.fromkeys(part for part in found if part))
    if len(kept) > MOST_LISTED:
        raise Invalid("open311.too_many", name=name, most=MOST_LISTED)
    return kept


def whole(parameters: Parameters, name: str, *, default: int, most: int) -> int:
    value = given(parameters, name)
    if not value:
        return default
    number = int(value) if re.fullmatch(r"\d{1,9}", value, re.ASCII) else 0
    if not 1 <= number <= most:
        raise Invalid("open311.bad_number", name=name, found=value[:_SHOWN], most=most)
    return number


def degrees(parameters: Parameters, name: str) -> float | None:
    value = given(parameters, name)
    return number_in(value, name=name) if value else None


def number_in(text: str, *, name: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise Invalid("open311.bad_coordinate", name=name, found=text[:_SHOWN])
    return float(text)


def moment_in(parameters: Parameters, name: str) -> datetime | None:
    value = given(parameters, name)
    return w3c_moment(value, name=name) if value else None


def w3c_moment(text: str, *, name: str) -> datetime:
    """A day alone begins in Kyiv, and so does a moment that names no zone; «+» that a form made a space is one."""
    mended = _LOST_PLUS.sub("+", text)
    try:
        found = datetime.fromisoformat(mended) if _W3C.fullmatch(mended) else None
    except ValueError:
        found = None
    if found is None or not _FIRST_YEAR < found.year < _LAST_YEAR:
        raise Invalid("open311.bad_moment", name=name, found=text[:_SHOWN])
    return (found if found.tzinfo else found.replace(tzinfo=KYIV)).astimezone(UTC)
