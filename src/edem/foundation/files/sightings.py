"""Where and when a photo was taken, read from its EXIF before it is drawn anew and forgets."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from edem.foundation.files.pictures import opened
from edem.foundation.files.rules import Kind
from edem.kernel.errors import Refused

_KYIV: Final = ZoneInfo("Europe/Kyiv")
_MINUTES: Final = 60
_DAY_AND_TIME: Final = "%Y:%m:%d %H:%M:%S"
_CLOCKS_DIFFER: Final = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Sighting:
    """What a photo tells of itself; a field it does not tell, or tells wrongly, is None."""

    lat: float | None = None
    lon: float | None = None
    accuracy_m: float | None = None
    taken_at: datetime | None = None

    @property
    def has_place(self) -> bool:
        return self.lat is not None and self.lon is not None


def sighting_of(content: bytes, kind: Kind, *, now: datetime) -> Sighting:
    """Nothing in EXIF is trusted, and nothing in it can spoil the upload."""
    try:
        with opened(content, kind) as picture:
            return sighting_in(picture, kind, now=now)
    except Refused:
        return Sighting()


def sighting_in(picture: Image.Image, kind: Kind, *, now: datetime) -> Sighting:
    """Of one that is open already."""
    if kind is Kind.PNG and "exif" not in picture.info:
        return Sighting()  # Pillow would unpack the whole picture to look behind it
    try:
        exif = picture.getexif()
        place = exif.get_ifd(IFD.GPSInfo)
        taken_at = _taken_at(exif, place)
        lat, lon = _place(place)
        accuracy = _number(place.get(GPS.GPSHPositioningError))
    except (OSError, SyntaxError, RuntimeError, ValueError, TypeError, ArithmeticError, LookupError):
        return Sighting()
    return Sighting(
        lat=lat,
        lon=lon,
        accuracy_m=accuracy if accuracy and accuracy > 0 else None,
        taken_at=taken_at if taken_at and taken_at <= now + _CLOCKS_DIFFER else None,
    )


def _place(told: dict[int, Any]) -> tuple[float | None, float | None]:
    lat = _degrees(told.get(GPS.GPSLatitude), told.get(GPS.GPSLatitudeRef), most=90)
    lon = _degrees(told.get(GPS.GPSLongitude), told.get(GPS.GPSLongitudeRef), most=180)
    if lat is None or lon is None or (lat == 0 and lon == 0):  # a camera that has not found itself writes zeros
        return None, None
    return lat, lon


def _degrees(told: Any, side: Any, *, most: int) -> float | None:
    parts = [_number(part) for part in told] if isinstance(told, tuple) else []
    known = [part for part in parts if part is not None]
    if not known or len(known) != len(parts):
        return None
    value = sum(part / _MINUTES**power for power, part in enumerate(known))
    signed = -value if str(side).strip("\0 ").upper() in {"S", "W"} else value
    return signed if abs(signed) <= most else None


def _number(told: Any) -> float | None:
    try:
        value = float(told)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    return value if math.isfinite(value) else None


def _taken_at(exif: Image.Exif, place: dict[int, Any]) -> datetime | None:
    """By the satellites' clock, else by the camera's, which keeps Kyiv time when it does not say which."""
    clock = [_number(part) for part in place.get(GPS.GPSTimeStamp) or ()]
    day = place.get(GPS.GPSDateStamp)
    if day and len(clock) == 3 and None not in clock:  # noqa: PLR2004 - hours, minutes, seconds
        hours, minutes, seconds = (int(part or 0) for part in clock)
        found = _read(f"{day} {hours:02}:{minutes:02}:{seconds:02}")
        if found:
            return found.replace(tzinfo=UTC)
    inside = exif.get_ifd(IFD.Exif)
    local = _read(inside.get(Base.DateTimeOriginal) or exif.get(Base.DateTime))
    if local is None:
        return None
    return _zoned(local, inside.get(Base.OffsetTimeOriginal)).astimezone(UTC)


def _zoned(local: datetime, offset: Any) -> datetime:
    try:
        return local.replace(tzinfo=datetime.strptime(str(offset), "%z").tzinfo)
    except ValueError:
        return local.replace(tzinfo=_KYIV)


def _read(told: Any) -> datetime | None:
    try:
        return datetime.strptime(str(told).strip("\0 "), _DAY_AND_TIME)  # noqa: DTZ007 - the zone comes after
    except ValueError:
        return None
