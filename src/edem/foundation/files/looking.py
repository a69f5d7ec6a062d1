"""A look at a picture that costs next to nothing: its kind, its size by the header, what it tells of itself. Pure."""

from dataclasses import dataclass
from datetime import datetime

from edem.foundation.files.pictures import opened
from edem.foundation.files.rules import IMAGES, Kind, check_may_take
from edem.foundation.files.sightings import Sighting, sighting_in


@dataclass(frozen=True, kw_only=True)
class Looked:
    kind: Kind
    sighting: Sighting
    width: int
    height: int
    """By the header, as it lies in the file: not yet turned upright, not yet made smaller."""


def looked_over(content: bytes, *, now: datetime) -> Looked:
    """Without unpacking a single pixel; what only pretends to be a picture is refused here."""
    kind = check_may_take(content, accept=IMAGES)
    with opened(content, kind) as picture:
        width, height = picture.size
        return Looked(kind=kind, sighting=sighting_in(picture, kind, now=now), width=width, height=height)
