"""What a draft keeps between its steps, and what is still missing before it may be sent. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, Self

from edem.kernel.errors import Refused
from edem.kernel.geo.points import Point
from edem.services.reports.rules.draft import TITLE_MAX, TITLE_MIN, tidy_line, tidy_paragraphs


class PlacedBy(StrEnum):
    """How the place came to be known."""

    PHOTO = "photo"
    DEVICE = "device"
    PIN = "pin"
    ADDRESS = "address"
    NOWHERE = ""


class Part(StrEnum):
    """The pages of the form, in order."""

    PHOTOS = "photos"
    PLACE = "place"
    WORDS = "words"
    CATEGORY = "category"
    QUESTIONS = "questions"
    CHECK = "check"


_CUT: Final = 70


@dataclass(frozen=True, kw_only=True)
class Typed:
    """Everything may be missing: a draft is kept at every step."""

    title: str = ""
    text: str = ""
    categories: tuple[str, ...] = ()
    are_suggested: bool = False
    """The categories were found in the text; the writer has not chosen them."""
    lat: float | None = None
    lon: float | None = None
    accuracy_m: int | None = None
    placed_by: str = PlacedBy.NOWHERE
    is_place_given: bool = False
    """The page about the place was answered, with a place or without."""
    address: str = ""
    settlement_code: str = ""
    answers: Mapping[str, object] = field(default_factory=dict)
    is_anonymous: bool = False
    follows: bool = True

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        known = {name: kept[name] for name in cls.__dataclass_fields__ if name in kept}
        return cls(**(known | {"categories": tuple(kept.get("categories", ()))}))

    def kept(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__} | {"categories": list(self.categories)}

    @property
    def point(self) -> Point | None:
        if self.lat is None or self.lon is None:
            return None
        try:
            return Point(self.lat, self.lon)
        except Refused:
            return None


def next_part(typed: Typed, *, has_questions: bool) -> Part:
    """Where the writer goes on: the first page that still lacks its answer."""
    if not typed.is_place_given:
        return Part.PLACE
    if len(typed.title) < TITLE_MIN:
        return Part.WORDS
    if not typed.categories:
        return Part.CATEGORY
    return Part.QUESTIONS if has_questions and not typed.answers else Part.CHECK


def titled(title: str, text: str) -> str:
    """On a phone one field is enough: the first sentence becomes the title."""
    given = tidy_line(title)
    if given:
        return given
    first = tidy_paragraphs(text).split("\n")[0]
    for mark in (". ", "! ", "? "):
        first = first.split(mark)[0]
    first = first.strip(" .!?")
    if len(first) <= _CUT:
        return first
    return (first[:_CUT].rpartition(" ")[0] or first[:_CUT]).rstrip(" ,;:–—-") + "…"


assert _CUT < TITLE_MAX
