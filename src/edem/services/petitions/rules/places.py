"""What a petition is about on the ground: settlements, addresses and pins. The first place is typed with the text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from edem.kernel.errors import Conflict, Invalid
from edem.kernel.geo.points import Point
from edem.services.petitions.rules.text import tidy_line

WORDS_MAX: Final = 200
MOST_PLACES: Final = 10


@dataclass(frozen=True, kw_only=True)
class Place:
    settlement_code: str = ""
    words: str = ""
    """A street, a building, a park."""
    point: Point | None = None
    number: int = 0
    """Tells places of one petition apart, so that a form sent twice takes away one of them; the first has none."""

    @property
    def is_empty(self) -> bool:
        return not (self.settlement_code or self.words or self.point)


NOWHERE: Final = Place()


def tidy_place(place: Place) -> Place:
    words = tidy_line(place.words)
    if len(words) > WORDS_MAX:
        raise Invalid("petition.place_words", most=WORDS_MAX, field="place")
    return replace(place, words=words)


def with_place(known: Sequence[Place], new: Place) -> list[Place]:
    """The further places and one more; the first place of the petition is counted too."""
    if new.is_empty:
        raise Invalid("petition.place_empty", field="place")
    if len(known) + 1 >= MOST_PLACES:
        raise Conflict("petition.too_many_places", most=MOST_PLACES)
    if any(replace(each, number=0) == replace(new, number=0) for each in known):
        raise Conflict("petition.place_known", field="place")
    number = max((each.number for each in known), default=0) + 1
    return [*known, replace(new, number=number)]


def kept(place: Place) -> dict[str, object]:
    """As the column has it; the list's filter asks for `settlement`."""
    whole: dict[str, object] = {"number": place.number, "settlement": place.settlement_code, "words": place.words}
    return whole | ({"lat": place.point.lat, "lon": place.point.lon} if place.point else {})


def place_kept(row: Mapping[str, object]) -> Place:
    lat, lon, number = row.get("lat"), row.get("lon"), row.get("number")
    return Place(
        settlement_code=str(row.get("settlement") or ""),
        words=str(row.get("words") or ""),
        point=Point(lat, lon) if isinstance(lat, float | int) and isinstance(lon, float | int) else None,
        number=number if isinstance(number, int) else 0,
    )
