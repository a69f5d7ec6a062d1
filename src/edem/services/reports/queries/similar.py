"""What like this lies near already: offered to the writer to join, flagged to the moderator (`rules.duplicates`)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Final

from django.db.models import Q, QuerySet

from edem.foundation.communities.models import Community
from edem.kernel.geo.cells import cells_around
from edem.kernel.geo.points import Point, distance_m
from edem.kernel.ukrainian import lemmas
from edem.services.reports.models import Category, Photo, Report
from edem.services.reports.queries.categories import categories_of
from edem.services.reports.queries.points import point_of
from edem.services.reports.rules.duplicates import (
    REMEMBERED,
    Band,
    Likeness,
    Sight,
    band_of,
    offered,
    radius_m,
    ranked,
    score,
)
from edem.services.reports.rules.lifecycle import AT_WORK, State

COMPARED: Final = 40
"""By words and photos; the rest have been left behind by place, category and age."""
MOST_NEAR: Final = 2_000
_WORDS: Final = 80
_UNCHOSEN: Final = Likeness(scale_m=40, window=timedelta(days=14))
_COMPARABLE: Final = ("accepted", "closed", "open", "reopened")
"""As the index `report_near` has them: whatever is archived is a new thing when it comes again."""
_COMPARED_FIRST: Final = ("lat", "lon", "accuracy_m", "category_codes", "published_at", "submitted_at")
assert set(_COMPARABLE) == {*AT_WORK, State.CLOSED}


@dataclass(frozen=True, kw_only=True)
class New:
    """What is being written, or came in a minute ago."""

    point: Point | None
    accuracy_m: int | None = None
    categories: Sequence[str] = ()
    text: str = ""
    photos: Sequence[int] = ()


@dataclass(frozen=True, kw_only=True)
class Alike:
    report: Report
    distance_m: int
    sureness: float
    band: Band


def alike(community: Community, new: New, *, now: datetime, besides: int | None = None) -> list[Alike]:
    """The surest first; what is to be ignored is left out. A report without a place is like nothing."""
    if new.point is None:
        return []
    chosen = list(categories_of(community).filter(code__in=new.categories))
    likeness = likeness_of(chosen)
    common = words_of_categories(chosen)
    sight = sight_of(new, common=common, now=now)

    near = near_reports(community, new, likeness, now=now).exclude(pk=besides or 0)
    rough = with_words(most_alike(sight, near[:MOST_NEAR], likeness))
    photos = photos_of(rough)
    known = [(pk, sight_of_report(each, common=common, photos=photos.get(pk, ()))) for pk, each in rough.items()]
    found = [
        Alike(
            report=rough[pk],
            distance_m=round(distance_m(new.point, Point(rough[pk].lat or 0, rough[pk].lon or 0))),
            sureness=sure,
            band=band_of(sure),
        )
        for sure, pk in ranked(sight, known, likeness)
    ]
    return once_each(found, besides=besides)


def once_each(found: Sequence[Alike], *, besides: int | None) -> list[Alike]:
    """Of merged reports the one that is worked on, as sure as the likest of them; one thing is named once."""
    followed = {each.report.follows_id for each in found if each.report.follows_id}
    if not followed:
        return list(found)
    leads = Report.objects.select_related("organisation").in_bulk(followed)
    named: dict[int, Alike] = {}
    for each in found:
        report = leads.get(each.report.follows_id or 0, each.report)
        if report.pk != besides:
            named.setdefault(report.pk, replace(each, report=report))
    return list(named.values())


def as_new(report: Report) -> New:
    """As if it were being written now."""
    marks = report.photos.filter(stage=Photo.Stage.BEFORE, dhash__isnull=False).order_by("pk")
    return New(
        point=point_of(report),
        accuracy_m=report.accuracy_m,
        categories=report.category_codes,
        text=f"{report.title} {report.text}",
        photos=[mark for mark in marks.values_list("dhash", flat=True) if mark is not None],
    )


def to_offer(found: Sequence[Alike]) -> list[Alike]:
    """«Це воно?»: the few that the writer is asked about."""
    kept = offered([(each.sureness, each.report.pk) for each in found])
    return [each for each in found if each.report.pk in kept]


def near_reports(community: Community, new: New, likeness: Likeness, *, now: datetime) -> QuerySet[Report]:
    """One range of cells per tile: the same index as the map's, whatever the number of reports."""
    assert new.point is not None
    ranges = cells_around(new.point, radius_m(new.accuracy_m, likeness.scale_m))
    within = reduce(or_, (Q(cell__gte=first, cell__lt=after) for first, after in ranges))
    found = Report.objects.filter(within, community=community, cell__isnull=False, state__in=_COMPARABLE)
    return (
        found.filter(published_at__gte=now - REMEMBERED * likeness.window)
        .only(*_COMPARED_FIRST)
        .order_by("-published_at", "-pk")
    )


def most_alike(sight: Sight, reports: Iterable[Report], likeness: Likeness) -> list[Report]:
    scored = [(score(sight, sight_of_report(each), likeness), each) for each in reports]
    scored.sort(key=lambda pair: (-pair[0], pair[1].pk))
    return [each for _, each in scored[:COMPARED]]


def with_words(reports: Sequence[Report]) -> dict[int, Report]:
    """The few that are left are read whole, in the same order."""
    whole = Report.objects.select_related("organisation").in_bulk([each.pk for each in reports])
    return {each.pk: whole[each.pk] for each in reports if each.pk in whole}


def likeness_of(chosen: Sequence[Category]) -> Likeness:
    """Of the widest category: whoever chose several does not know better."""
    if not chosen:
        return _UNCHOSEN
    return Likeness(
        scale_m=max(1, *(each.scale_m for each in chosen)),
        window=timedelta(hours=max(1, *(each.window_hours for each in chosen))),
    )


def words_of_categories(chosen: Sequence[Category]) -> frozenset[str]:
    """What every report of the category says tells none from another."""
    return frozenset(lemmas(" ".join(f"{each.title} {each.words}" for each in chosen)))


def sight_of(new: New, *, common: frozenset[str], now: datetime) -> Sight:
    return Sight(
        point=new.point,
        accuracy_m=new.accuracy_m,
        categories=new.categories,
        at=now,
        words=_words(new.text, common),
        photos=new.photos,
    )


def sight_of_report(report: Report, *, common: frozenset[str] | None = None, photos: Sequence[int] = ()) -> Sight:
    return Sight(
        point=point_of(report),
        accuracy_m=report.accuracy_m,
        categories=report.category_codes,
        at=report.published_at or report.submitted_at,
        words=frozenset() if common is None else _words(f"{report.title} {report.text}", common),
        photos=photos,
    )


def photos_of(report_ids: Iterable[int]) -> Mapping[int, list[int]]:
    rows = Photo.objects.filter(report_id__in=list(report_ids), stage=Photo.Stage.BEFORE, dhash__isnull=False)
    found: dict[int, list[int]] = {}
    for report_id, dhash in rows.order_by("pk").values_list("report_id", "dhash"):
        found.setdefault(report_id, []).append(dhash or 0)
    return found


def _words(text: str, common: frozenset[str]) -> frozenset[str]:
    return frozenset(lemmas(" ".join(text.split()[:_WORDS]))) - common
