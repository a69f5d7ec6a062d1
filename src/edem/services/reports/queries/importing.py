"""What a community knows that the lines of a foreign file are checked by, and the files that wait."""

from base64 import b64decode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from edem.foundation.communities.border import border_of, is_outside
from edem.foundation.communities.models import Community
from edem.foundation.people.sealing import open_text
from edem.kernel.errors import Conflict, Missing
from edem.kernel.geo.points import Point
from edem.kernel.ukrainian import fold
from edem.services.reports.models import ReportImport
from edem.services.reports.queries.categories import categories_offered
from edem.services.reports.rules.draft import is_in_ukraine
from edem.services.reports.rules.importing.fields import DayOrder, Field, Settled, guessed
from edem.services.reports.rules.importing.planning import Ground

LISTED = 30
SEALED_FILE = b"reports_reportimport.content"
"""Under which name the file is sealed (people.sealing)."""


def ground_of(community: Community, *, anywhere: bool) -> Ground:
    """A title that two categories share (two kinds of «Інше») means neither: the code is asked for."""
    offered = list(categories_offered(community))
    titles = [fold(each.title).strip() for each in offered]
    named = {title: each.code for title, each in zip(titles, offered, strict=True) if titles.count(title) == 1}
    return Ground(
        categories=named | {fold(each.code): each.code for each in offered},
        holds=None if anywhere else holds_of(community.pk),
    )


def holds_of(community_id: int) -> Callable[[Point], bool]:
    """What lies in the community; in Ukraine, while nobody has drawn its border."""
    if border_of(community_id) is None:
        return is_in_ukraine
    return lambda point: not is_outside(community_id, point)


def imports_of(community: Community) -> QuerySet[ReportImport]:
    return ReportImport.objects.filter(community=community).defer("content").order_by("-made_at", "-pk")


def import_waiting(community: Community, import_id: int) -> ReportImport:
    found = ReportImport.objects.filter(community=community, pk=import_id).order_by("pk").first()
    if found is None:
        raise Missing("report_import.gone")
    if found.done_at is not None or found.asked_at is not None:
        raise Conflict("report_import.done_already")
    return found


def file_of(upload: ReportImport) -> bytes:
    return b64decode(open_text(upload.content, place=SEALED_FILE))


def settled_before(community: Community, source: str, columns: Sequence[str]) -> Settled:
    """As the last file of this source was read, where its columns are there; else by their names."""
    found = ReportImport.objects.filter(community=community, source=source, done_at__isnull=False)
    last = found.exclude(settled={}).order_by("-done_at", "-pk").values_list("settled", flat=True).first()
    known = settled_from(last) if last else Settled(columns={})
    kept = {field: column for field, column in known.columns.items() if column in columns}
    return replace(known, columns=kept or guessed(columns))


def settled_from(kept: Mapping[str, Any]) -> Settled:
    columns = {Field(name): str(column) for name, column in kept.get("columns", {}).items() if name in set(Field)}
    return Settled(
        columns=columns,
        title=str(kept.get("title", "")),
        category=str(kept.get("category", "")),
        categories=dict(kept.get("categories", {})),
        is_closed=bool(kept.get("is_closed")),
        day_order=DayOrder(kept.get("day_order", DayOrder.DAY_FIRST)),
    )


def kept_of(settled: Settled) -> dict[str, Any]:
    return {
        "columns": {str(field): column for field, column in settled.columns.items()},
        "title": settled.title,
        "category": settled.category,
        "categories": dict(settled.categories),
        "is_closed": settled.is_closed,
        "day_order": str(settled.day_order),
    }
