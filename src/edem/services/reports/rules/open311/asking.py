"""GET requests and servicerequestupdates: which reports a program asks for, within the bounds of GeoReport v2."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from edem.kernel.errors import Invalid
from edem.kernel.geo.points import Box
from edem.services.reports.rules.open311.parameters import (
    Parameters,
    given,
    listed,
    moment_in,
    number_in,
    whole,
)

MOST: Final = 1_000
LAST_PAGE: Final = 1_000_000
LONGEST_SPAN: Final = timedelta(days=90)
_CORNERS: Final = 4


class Status(StrEnum):
    """The two states that GeoReport v2 knows; ours is told in the extension."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class Span:
    """From the first moment to the last, both within."""

    first: datetime
    last: datetime


@dataclass(frozen=True, kw_only=True)
class Wanted:
    ids: tuple[str, ...] = ()
    """When there are any, nothing else narrows the answer."""
    services: tuple[str, ...] = ()
    statuses: frozenset[Status] = frozenset()
    span: Span | None = None
    """When they were made; None: whenever, because the moment of change was asked for."""
    updated_after: datetime | None = None
    updated_before: datetime | None = None
    box: Box | None = None
    page: int = 1
    page_size: int = MOST
    extensions: bool = False


def wanted(parameters: Parameters, *, now: datetime) -> Wanted:
    ids = listed(parameters, "service_request_id")
    extensions = given(parameters, "extensions").lower() == "true"
    page = whole(parameters, "page", default=1, most=LAST_PAGE)
    page_size = whole(parameters, "page_size", default=MOST, most=MOST)
    if ids:
        return Wanted(ids=ids, page=page, page_size=page_size, extensions=extensions)
    after, before = moment_in(parameters, "updated_after"), moment_in(parameters, "updated_before")
    asked = bool(given(parameters, "start_date") or given(parameters, "end_date"))
    return Wanted(
        services=listed(parameters, "service_code"),
        statuses=frozenset(_status(word) for word in listed(parameters, "status")),
        span=span(parameters, now=now) if asked or not (after or before) else None,
        updated_after=after,
        updated_before=before,
        box=_box(given(parameters, "bbox")),
        page=page,
        page_size=page_size,
        extensions=extensions,
    )


def span(parameters: Parameters, *, now: datetime) -> Span:
    """The last ninety days unless said otherwise; one end alone gives the other."""
    first, last = moment_in(parameters, "start_date"), moment_in(parameters, "end_date")
    if first is None:
        last = last or now
        return Span(first=last - LONGEST_SPAN, last=last)
    last = last or first + LONGEST_SPAN
    if last < first:
        raise Invalid("open311.span_backwards")
    if last - first > LONGEST_SPAN:
        raise Invalid("open311.span_too_long", most=LONGEST_SPAN.days)
    return Span(first=first, last=last)


def _status(word: str) -> Status:
    if word.lower() not in set(Status):
        raise Invalid("open311.bad_status", found=word[:60])
    return Status(word.lower())


def _box(text: str) -> Box | None:
    """West, south, east, north, as the other servers that know it."""
    if not text:
        return None
    corners = [number_in(part.strip(), name="bbox") for part in text.split(",")[: _CORNERS + 1]]
    if len(corners) != _CORNERS:
        raise Invalid("open311.bad_box")
    west, south, east, north = corners
    if west > east or south > north:
        raise Invalid("open311.bad_box")
    return Box(south=south, west=west, north=north, east=east)
