"""Photos and videos of a report: how many, how large, and what place and time they propose. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from edem.kernel.errors import Invalid
from edem.kernel.geo.points import Point
from edem.services.reports.charter import ReportCharter
from edem.services.reports.rules.draft import is_in_ukraine
from edem.services.reports.rules.lifecycle import AT_WORK, State
from edem.services.reports.rules.voices import Joiner, check_may_join

VIDEOS_MOST: Final = 1
FRESH: Final = timedelta(days=30)
"""An older photo was probably taken elsewhere and for something else: its place is not proposed by itself."""


@dataclass(frozen=True, kw_only=True)
class Shot:
    """What one photo told of itself."""

    lat: float | None
    lon: float | None
    accuracy_m: int | None
    taken_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class ProposedPlace:
    point: Point
    accuracy_m: int | None
    taken_at: datetime | None


def check_may_add_shot(*, already: int, videos: int, most: int, is_video: bool) -> None:
    if most == 0:
        raise Invalid("report.no_photos", field="photos")
    if already >= most:
        raise Invalid("report.too_many_photos", most=most, field="photos")
    if is_video and videos >= VIDEOS_MOST:
        raise Invalid("report.too_many_videos", most=VIDEOS_MOST, field="photos")


def check_may_show(charter: ReportCharter, state: State, shower: Joiner) -> None:
    """Whoever may join may show what they see; the author may as long as somebody works on it."""
    if shower.is_author and state in AT_WORK:
        return
    check_may_join(charter, state, shower)


def proposed_place(shots: Iterable[Shot], *, now: datetime) -> ProposedPlace | None:
    """Of the first fresh photo that tells a place in the country; where it was taken is where the problem is."""
    for each in shots:
        if each.lat is None or each.lon is None:
            continue
        point = Point(each.lat, each.lon)
        is_fresh = each.taken_at is None or now - each.taken_at <= FRESH
        if is_fresh and is_in_ukraine(point):
            return ProposedPlace(point=point, accuracy_m=each.accuracy_m, taken_at=each.taken_at)
    return None
