"""A report as a phone sends it whole: what is read from it at the door, before anything is written. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from math import isfinite
from typing import Any, Final

from edem.foundation.files.rules import Kind
from edem.foundation.files.sightings import Sighting
from edem.kernel.errors import Invalid, Refused
from edem.kernel.geo.points import Point
from edem.services.reports.rules.draft import (
    ACCURACY_MAX_M,
    ADDRESS_MAX,
    CATEGORIES_MOST,
    TEXT_MAX,
    check_place,
    tidy_line,
    tidy_paragraphs,
)
from edem.services.reports.rules.photos import Shot, proposed_place
from edem.services.reports.rules.writing import PlacedBy, Typed, titled

LARGEST_CODE: Final = 20


@dataclass(frozen=True, kw_only=True)
class SentPhoto:
    """One picture, looked over; its content is unpacked by nobody but the job."""

    content: bytes = field(repr=False)
    kind: Kind
    name: str
    sighting: Sighting

    @property
    def shot(self) -> Shot:
        told = self.sighting
        accuracy = round(told.accuracy_m) if told.accuracy_m and told.accuracy_m < ACCURACY_MAX_M else None
        return Shot(lat=told.lat, lon=told.lon, accuracy_m=accuracy, taken_at=told.taken_at)

    def told(self) -> dict[str, object]:
        """As JSON keeps it."""
        shot = self.shot
        taken_at = shot.taken_at.isoformat() if shot.taken_at else None
        return {"lat": shot.lat, "lon": shot.lon, "accuracy_m": shot.accuracy_m, "taken_at": taken_at}


@dataclass(frozen=True, kw_only=True)
class Told:
    """The fields of the form, as text."""

    text: str
    address: str = ""
    lat: str = ""
    lon: str = ""
    accuracy_m: str = ""
    placed_by: str = ""
    categories: tuple[str, ...] = ()
    is_anonymous: bool = False


def typed_of(told: Told, photos: Iterable[SentPhoto], *, now: datetime) -> Typed:
    """The device's own place, else the photo's; a wrong one is left out, not the report."""
    text = tidy_paragraphs(told.text)
    if not text:
        raise Invalid("report.nothing_said", field="text")
    if len(text) > TEXT_MAX:
        raise Invalid("report.text_length", most=TEXT_MAX, field="text")
    place = _place_told(told) or _place_of_photos(photos, now=now)
    codes = tuple(code[:LARGEST_CODE] for code in told.categories if code)[:CATEGORIES_MOST]
    return Typed(
        title=titled("", text),
        text=text,
        categories=codes,
        address=tidy_line(told.address)[:ADDRESS_MAX],
        is_place_given=True,
        is_anonymous=told.is_anonymous,
        **place,
    )


def _place_told(told: Told) -> dict[str, Any]:
    lat, lon = _number(told.lat), _number(told.lon)
    if lat is None or lon is None:
        return {}
    accuracy = _number(told.accuracy_m)
    by = told.placed_by if told.placed_by in set(PlacedBy) and told.placed_by else PlacedBy.PIN
    try:
        check_place(Point(lat, lon))
    except Refused:
        return {}
    known = round(accuracy) if accuracy and 0 < accuracy <= ACCURACY_MAX_M else None
    return {"lat": lat, "lon": lon, "accuracy_m": known, "placed_by": str(by)}


def _place_of_photos(photos: Iterable[SentPhoto], *, now: datetime) -> dict[str, Any]:
    found = proposed_place([each.shot for each in photos], now=now)
    if found is None:
        return {}
    place = {"lat": found.point.lat, "lon": found.point.lon}
    return {**place, "accuracy_m": found.accuracy_m, "placed_by": str(PlacedBy.PHOTO)}


def _number(told: str) -> float | None:
    try:
        value = float(told)
    except ValueError:
        return None
    return value if isfinite(value) else None
