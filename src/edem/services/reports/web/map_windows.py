"""All tiles that a map lacks in its window, in one answer: the fixed cost of a question is paid once."""

from collections.abc import Sequence
from typing import Final

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from edem.foundation.live.kept import kept
from edem.foundation.people.access import anyone, open_to
from edem.foundation.people.requests import CommunityRequest
from edem.kernel.errors import Invalid
from edem.services.reports.queries.tiles import Place, tiles_of
from edem.services.reports.web.listing import list_tags
from edem.services.reports.web.map_forms import FILTERS, wanted_of
from edem.services.reports.web.mapping import lasting

MOST_TILES: Final = 64
"""More than the largest screen shows at once."""
LONGEST: Final = 1_200
_LENGTH: Final = 4


@open_to(anyone)
@kept(query=FILTERS, tags=list_tags)
@require_safe
def window(request: CommunityRequest, version: str, z: int, places: str) -> HttpResponse:
    tiles = tiles_of(request.community, wanted_of(request.GET, request.community), z=z, places=places_read(places))
    return lasting(request, version, HttpResponse(joined(tiles), content_type="application/octet-stream"))


def joined(tiles: Sequence[bytes]) -> bytes:
    """In the order of the question, the length of each before it."""
    return b"".join(len(tile).to_bytes(_LENGTH, "big") + tile for tile in tiles)


def places_read(text: str) -> list[Place]:
    """«x-y_x-y», from the west and from the north: a window has one address, so that its answer is kept once."""
    parts = [part.partition("-") for part in text[:LONGEST].split("_")]
    if not all(part.isascii() and part.isdecimal() for x, _, y in parts for part in (x, y)):
        raise Invalid("geo.no_such_tile")
    places = [(int(x), int(y)) for x, _, y in parts]
    if len(places) > MOST_TILES or written(sorted(set(places))) != text:
        raise Invalid("geo.no_such_tile")
    return places


def written(places: Sequence[Place]) -> str:
    return "_".join(f"{x}-{y}" for x, y in places)
