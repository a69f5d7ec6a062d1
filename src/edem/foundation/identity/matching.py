"""From the words of an address to a settlement of the official codifier (КАТОТТГ)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from edem.foundation.communities.models import Community
from edem.foundation.places.models import Unit
from edem.kernel.ukrainian import fold, sort_key
from edem.kernel.ukrainian.settlements import BEFORE_A_NAME

SETTLEMENTS = [
    Unit.Category.CITY,
    Unit.Category.SPECIAL_CITY,
    Unit.Category.TOWNSHIP,
    Unit.Category.VILLAGE,
    Unit.Category.SETTLEMENT,
]
_UP_TO_THE_OBLAST = "parent__parent__parent__parent"
_REGION = re.compile(r"\b(область|обл|район|р-н|автономна республіка)\b\.?", re.IGNORECASE)
_OBLAST = re.compile(r"\b(?:область|обл)\b", re.IGNORECASE)
_RAION = re.compile(r"([\w\-ʼ]+)\s+(?:район|р-н)", re.IGNORECASE)


@dataclass(frozen=True)
class Match:
    community_id: int | None
    """None when the settlement is certain but its community is not open on this platform."""
    settlement_code: str


def settlement_name(locality: str) -> str:
    """«м. Вишневогірськ», «М.ВИШНЕВОГІРСЬК», «смт Лісове» → the name alone."""
    return BEFORE_A_NAME.sub("", locality.strip()).strip(" .,")


def match_of(*, locality: str, state: str, address: str) -> Match | None:
    """The one settlement that bears this name in this oblast, and its community; None when not certain."""
    found = _settlements(settlement_name(locality) or _settlement_in(address))
    found = _narrowed(found, _region(state or _oblast_in(address)), level=Unit.Category.OBLAST)
    if len(found) > 1:
        found = _narrowed(found, _raion_in(address), level=Unit.Category.RAION)
    if len(found) != 1:
        return None
    community = Community.objects.filter(katottg=found[0].community_code, is_open=True).order_by("pk").first()
    return Match(community.pk if community else None, found[0].code)


def _settlements(name: str) -> Sequence[Unit]:
    if not name:
        return []
    named = Unit.objects.filter(name_key=sort_key(name), category__in=SETTLEMENTS).exclude(community_code="")
    return list(named.select_related(_UP_TO_THE_OBLAST).order_by("code"))


def _narrowed(found: Sequence[Unit], region: str, *, level: str) -> Sequence[Unit]:
    """Those that lie in the named region; all of them when no region is named."""
    return [unit for unit in found if _lies_in(unit, region, level)] if region else found


def _lies_in(unit: Unit, region: str, level: str) -> bool:
    above = [one for one in _above(unit) if one.category == level]
    return not above or any(fold(_region(one.name)) == fold(region) for one in above)


def _above(unit: Unit) -> Iterator[Unit]:
    above: Unit | None = unit
    while above is not None:
        yield above
        above = above.parent


def _region(text: str) -> str:
    return _REGION.sub("", text).strip(" .,")


def _oblast_in(address: str) -> str:
    return next((part for part in address.split(",") if _OBLAST.search(part)), "")


def _raion_in(address: str) -> str:
    found = _RAION.search(address)
    return found[1] if found else ""


def _settlement_in(address: str) -> str:
    """Some certificates put everything into the address: «Вишнева обл., м. Вишневогірськ, вул. Садова, 12»."""
    for part in address.split(","):
        if BEFORE_A_NAME.match(part):
            return settlement_name(part)
    return ""
