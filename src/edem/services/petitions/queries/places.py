"""The places of a petition, all of them, with the names of settlements for whoever reads."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from edem.foundation.communities.models import Community
from edem.foundation.places.queries import settlements_of
from edem.kernel.geo.points import Box, Point
from edem.services.petitions.models import Petition
from edem.services.petitions.queries.withheld import hides_text
from edem.services.petitions.rules.places import Place, place_kept

_NEWEST_PINS: Final = 50
_ROUND_M: Final = 500


@dataclass(frozen=True, kw_only=True)
class PlaceShown:
    number: int
    words: str
    """The settlement and what is within it."""
    point: Point | None


def first_place(petition: Petition) -> Place:
    lat, lon = petition.lat, petition.lon
    point = Point(lat, lon) if lat is not None and lon is not None else None
    return Place(settlement_code=petition.settlement_code, words=petition.place, point=point)


def further_places(petition: Petition) -> list[Place]:
    return [place_kept(row) for row in petition.further_places]


def places_of(petition: Petition) -> list[Place]:
    return [each for each in (first_place(petition), *further_places(petition)) if not each.is_empty]


def places_shown(petition: Petition) -> Sequence[PlaceShown]:
    places = places_of(petition)
    codes = {each.settlement_code for each in places} - {""}
    named = settlement_names(petition.community, codes) if codes else {}
    return [shown(each, named) for each in places]


def shown(place: Place, named: Mapping[str, str]) -> PlaceShown:
    settlement = named.get(place.settlement_code, "")
    parts = ("" if settlement in place.words else settlement, place.words)
    return PlaceShown(number=place.number, words=", ".join(part for part in parts if part), point=place.point)


def has_pins(petition: Petition) -> bool:
    return any(each.point for each in places_of(petition))


def has_more_places(petition: Petition) -> bool:
    """More than the words that stand beside its title."""
    is_said = petition.place or not petition.settlement_code
    return bool(petition.further_places or petition.lat is not None or not is_said)


def pins_around(community: Community) -> Box | None:
    """Where the newest pins of its petitions lie: what the map of a form shows first."""
    newest = Petition.objects.filter(community=community, lat__isnull=False, published_at__isnull=False)
    newest = newest.only("settlement_code", "place", "lat", "lon").order_by("-published_at", "-pk")
    found = [first_place(each).point for each in newest[:_NEWEST_PINS]]
    around = [corner for each in found if each for corner in corners(Box.around(each, _ROUND_M))]
    return Box.of(around) if around else None


def corners(box: Box) -> tuple[Point, Point]:
    return Point(box.south, box.west), Point(box.north, box.east)


def pins_of(places: Sequence[PlaceShown]) -> str:
    """For `data-pins` of the map; empty where no place has a pin."""
    pins = [{"lat": each.point.lat, "lon": each.point.lon, "words": each.words} for each in places if each.point]
    return json.dumps(pins, ensure_ascii=False) if pins else ""


def settlement_names(community: Community, codes: Collection[str]) -> dict[str, str]:
    units = settlements_of(community.katottg).filter(code__in=codes)
    return {unit.code: unit.name for unit in units}


def told_places(petition: Petition) -> list[dict[str, object]]:
    """For outside programs."""
    return [] if hides_text(petition) else [told(each) for each in places_of(petition)]


def told(place: Place) -> dict[str, object]:
    point = place.point
    return {
        "settlement": place.settlement_code,
        "words": place.words,
        "lat": point.lat if point else None,
        "lon": point.lon if point else None,
    }
