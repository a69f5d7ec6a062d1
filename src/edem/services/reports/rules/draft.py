"""What a resident sends: what it must have (the act, §3.1), how long it may be, and what must never get in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from uuid import UUID

from edem.kernel.errors import Invalid
from edem.kernel.geo.points import Point

TITLE_MIN: Final = 5
TITLE_MAX: Final = 150
TEXT_MAX: Final = 5_000
ADDRESS_MAX: Final = 300
ACCURACY_MAX_M: Final = 1_000_000
CATEGORIES_MOST: Final = 5

SITE, OPEN311, IMPORT, PHONE = "site", "open311", "import", "phone"
SOURCES: Final = frozenset({SITE, OPEN311, IMPORT, PHONE})

# Ukraine with its seas: whatever lies outside was typed the wrong way round, or is (0, 0).
SOUTH, WEST, NORTH, EAST = 43.5, 21.5, 52.8, 40.8

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SPACES = re.compile(r"[ \t\u00a0]+")


@dataclass(frozen=True, kw_only=True)
class DraftPhoto:
    """A picture that has been stored and drawn anew, and belongs to the sender."""

    file_id: UUID
    width: int = 0
    height: int = 0
    dhash: int | None = None


@dataclass(frozen=True, kw_only=True)
class Draft:
    client_uuid: UUID
    title: str
    text: str = ""
    categories: tuple[str, ...] = ()
    """Codes; the first is the main one."""
    place: Point | None = None
    accuracy_m: int | None = None
    address: str = ""
    settlement_code: str = ""
    answers: Mapping[str, object] = field(default_factory=dict)
    is_anonymous: bool = False
    photos: tuple[DraftPhoto, ...] = ()
    source: str = SITE
    external_id: str = ""


def tidy_line(text: str) -> str:
    """One line without control signs: they forge what a reader sees."""
    return _SPACES.sub(" ", _CONTROL.sub("", text).replace("\r", " ").replace("\n", " ")).strip()


def tidy_paragraphs(text: str) -> str:
    lines = [_SPACES.sub(" ", line).rstrip() for line in _CONTROL.sub("", text).replace("\r\n", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def tidy(draft: Draft) -> Draft:
    return replace(
        draft,
        title=tidy_line(draft.title),
        text=tidy_paragraphs(draft.text),
        address=tidy_line(draft.address),
        categories=tuple(dict.fromkeys(draft.categories)),
    )


def check_words(title: str, text: str) -> None:
    if not TITLE_MIN <= len(title) <= TITLE_MAX:
        raise Invalid("report.title_length", least=TITLE_MIN, most=TITLE_MAX, field="title")
    if len(text) > TEXT_MAX:
        raise Invalid("report.text_length", most=TEXT_MAX, field="text")


def check_draft(draft: Draft, *, photos_most: int) -> None:
    """After `tidy`. A place is not required (§3.1), but a wrong one is refused."""
    check_words(draft.title, draft.text)
    if not 1 <= len(draft.categories) <= CATEGORIES_MOST:
        raise Invalid("report.categories_count", most=CATEGORIES_MOST, field="categories")
    if len(draft.address) > ADDRESS_MAX:
        raise Invalid("report.address_length", most=ADDRESS_MAX, field="address")
    if len(draft.photos) > photos_most:
        raise Invalid("report.too_many_photos", most=photos_most, field="photos")
    if draft.source not in SOURCES:
        raise ValueError(f"no reports come from {draft.source!r}")
    check_place(draft.place)


def check_place(place: Point | None) -> None:
    if place is None:
        return
    if abs(place.lat) < 1 and abs(place.lon) < 1:
        raise Invalid("report.place_nowhere", field="place")
    if is_in_ukraine(place):
        return
    if is_in_ukraine(Point(lat=clamped(place.lon), lon=place.lat)):
        raise Invalid("report.place_swapped", field="place")
    raise Invalid("report.place_abroad", field="place")


def is_in_ukraine(place: Point) -> bool:
    return SOUTH <= place.lat <= NORTH and WEST <= place.lon <= EAST


def clamped(degrees: float) -> float:
    return max(-90.0, min(90.0, degrees))
