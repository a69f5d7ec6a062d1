"""POST requests: what a program says of one problem. Who the person is, is read no further than that it was said."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from edem.kernel.errors import Invalid
from edem.kernel.geo.points import Point
from edem.services.reports.rules.open311.asking import Status
from edem.services.reports.rules.open311.parameters import (
    LONGEST,
    Parameters,
    degrees,
    given,
    moment_in,
    needed,
)

LONGEST_DESCRIPTION: Final = 4_000
LONGEST_ADDRESS: Final = 300
LONGEST_LINK: Final = 500
MOST_ATTRIBUTES: Final = 100
PERSONAL: Final = ("email", "phone", "first_name", "last_name", "device_id", "account_id")
"""What GeoReport v2 lets a program say of the person. Nothing of it is kept (decision 0040)."""
_ATTRIBUTE: Final = re.compile(r"attribute\[([^\[\]]{1,60})\](\[\])?")
_UKRAINE: Final = ((44.0, 53.0), (22.0, 41.0))
"""Latitudes and longitudes: they do not overlap, so swapped ones are known."""


@dataclass(frozen=True, kw_only=True)
class Posted:
    service_code: str
    point: Point | None
    address: str
    description: str
    media_url: str = ""
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    said_who: bool = False
    """Something about the person came along; the notice says that it was not kept."""


@dataclass(frozen=True, kw_only=True)
class PostedUpdate:
    """What the office that mends says of a report it was given."""

    service_request_id: str
    update_id: str
    at: datetime
    status: Status | None
    description: str
    media_url: str


def posted(parameters: Parameters, lists: Mapping[str, Sequence[str]]) -> Posted:
    """`lists` has every value of every field: attributes with several values come as one name many times."""
    point = place(parameters)
    address = _short(given(parameters, "address_string"), LONGEST_ADDRESS, name="address_string")
    if point is None and not address:
        code = "open311.address_id" if given(parameters, "address_id") else "open311.nowhere"
        raise Invalid(code)
    return Posted(
        service_code=needed(parameters, "service_code"),
        point=point,
        address=address,
        description=_short(given(parameters, "description"), LONGEST_DESCRIPTION, name="description"),
        media_url=_link(parameters),
        answers=_answers(lists),
        said_who=any(given(parameters, name) for name in PERSONAL),
    )


def posted_update(parameters: Parameters, *, now: datetime) -> PostedUpdate:
    at = moment_in(parameters, "updated_datetime") or now
    if at > now:
        raise Invalid("open311.future", name="updated_datetime")
    word = given(parameters, "status").lower()
    if word and word not in set(Status):
        raise Invalid("open311.bad_status", found=word[:60])
    description = _short(given(parameters, "description"), LONGEST_DESCRIPTION, name="description")
    if not word and not description:
        raise Invalid("open311.missing", name="description")
    return PostedUpdate(
        service_request_id=needed(parameters, "service_request_id"),
        update_id=_short(given(parameters, "update_id"), 100, name="update_id"),
        at=at,
        status=Status(word) if word else None,
        description=description,
        media_url=_link(parameters),
    )


def place(parameters: Parameters) -> Point | None:
    latitude, longitude = degrees(parameters, "lat"), degrees(parameters, "long")
    if latitude is None and longitude is None:
        return None
    if latitude is None or longitude is None:
        raise Invalid("open311.half_a_place")
    if are_swapped(latitude, longitude):
        raise Invalid("open311.swapped")
    if latitude == longitude == 0:
        raise Invalid("open311.nought")
    return Point(lat=latitude, lon=longitude)


def are_swapped(latitude: float, longitude: float) -> bool:
    """No point of Ukraine has such a latitude, and with the two exchanged it would be one."""
    (south, north), (west, east) = _UKRAINE
    return west <= latitude <= east and south <= longitude <= north


def _answers(lists: Mapping[str, Sequence[str]]) -> Mapping[str, tuple[str, ...]]:
    """attribute[CODE]=v, attribute[CODE][]=v1&attribute[CODE][]=v2; an empty one is absent."""
    found: dict[str, tuple[str, ...]] = {}
    for name, values in lists.items():
        match = _ATTRIBUTE.fullmatch(name)
        if match is None:
            continue
        kept = tuple(dict.fromkeys(given({name: value}, name) for value in values))
        found[match[1]] = tuple(value for value in (*found.get(match[1], ()), *kept) if value)
        if len(found) > MOST_ATTRIBUTES:
            raise Invalid("open311.too_many", name="attribute", most=MOST_ATTRIBUTES)
    return {code: values for code, values in found.items() if values}


def _short(text: str, longest: int, *, name: str) -> str:
    if len(text) > min(longest, LONGEST):
        raise Invalid("open311.too_long", name=name, longest=longest)
    return text


def _link(parameters: Parameters) -> str:
    """The address of a picture elsewhere: shown as an address, never fetched by us."""
    link = _short(given(parameters, "media_url"), LONGEST_LINK, name="media_url")
    clean = link.isascii() and link.isprintable() and not set(' <>"') & set(link)
    if link and not (clean and link.startswith(("https://", "http://"))):
        raise Invalid("open311.bad_link")
    return link
