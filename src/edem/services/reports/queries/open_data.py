"""Problem reports as open data: what everybody may know of them, nothing of who wrote them."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import QuerySet

from edem.foundation.catalog.manifest import Dataset
from edem.foundation.communities.addresses import address_of_page
from edem.foundation.communities.models import Community
from edem.kernel.deadlines import KYIV, starts_of_day
from edem.kernel.ukrainian import N_
from edem.services.reports.models import Assignment, Report
from edem.services.reports.queries.categories import titles_of
from edem.services.reports.queries.subjects import path_of
from edem.services.reports.rules.lifecycle import ON_THE_MAP, STATES, State
from edem.services.reports.rules.results import RESULTS, Result

CHUNK: Final = 2_000
PLACES: Final = 6
"""Digits of a degree: a tenth of a metre."""

REPORT_COLUMNS: Final = (
    "number",
    "url",
    "title",
    "text",
    "categoryCode",
    "category",
    "categories",
    "state",
    "address",
    "settlement",
    "lat",
    "lon",
    "organisation",
    "publishedAt",
    "acceptedAt",
    "closedAt",
    "archivedAt",
    "acceptDue",
    "explainDue",
    "result",
    "resultText",
    "confirmed",
    "reopened",
    "voices",
    "mergedInto",
    "source",
)

CHAIN_COLUMNS: Final = (
    "number",
    "organisation",
    "isMain",
    "sentAt",
    "headInformedAt",
    "acceptedAt",
    "returnedAt",
    "passedTo",
    "closedAt",
    "daysHeld",
)
_YES_OR_NO: Final = {None: "", True: "yes", False: "no"}


def report_rows(community: Community, _now: datetime) -> Iterator[Mapping[str, object]]:
    yield from _rows(community, _public(community))


def report_rows_of_day(community: Community, day: date) -> Iterator[Mapping[str, object]]:
    """Those that came into the open on this day in Kyiv."""
    first, last = starts_of_day(day), starts_of_day(day + timedelta(days=1))
    yield from _rows(community, _public(community).filter(published_at__gte=first, published_at__lt=last))


def chain_rows(community: Community, now: datetime) -> Iterator[Mapping[str, object]]:
    """Who held each report and for how long: «не наше» is seen too."""
    states = [state.value for state in ON_THE_MAP]
    held = Assignment.objects.filter(report__community=community, report__state__in=states)
    for each in held.select_related("report", "organisation", "passed_to").order_by("pk").iterator(chunk_size=CHUNK):
        ended = each.returned_at or each.closed_at or now
        yield {
            "number": each.report.number,
            "organisation": each.organisation.name,
            "isMain": _YES_OR_NO[each.is_main],
            "sentAt": _moment(each.sent_at),
            "headInformedAt": _moment(each.head_informed_at),
            "acceptedAt": _moment(each.accepted_at),
            "returnedAt": _moment(each.returned_at),
            "passedTo": each.passed_to.name if each.passed_to else "",
            "closedAt": _moment(each.closed_at),
            "daysHeld": round((ended - each.sent_at) / timedelta(days=1), 1),
        }


def _public(community: Community) -> QuerySet[Report]:
    found = Report.objects.filter(community=community, state__in=[state.value for state in ON_THE_MAP])
    return found.select_related("organisation", "follows").order_by("published_at", "pk")


def _rows(community: Community, reports: QuerySet[Report]) -> Iterator[Mapping[str, object]]:
    titles = titles_of(community.pk)
    for report in reports.iterator(chunk_size=CHUNK):
        yield _row(report, community, titles)


def _row(report: Report, community: Community, titles: Mapping[str, str]) -> Mapping[str, object]:
    main = report.category_codes[0] if report.category_codes else ""
    return {
        "number": report.number,
        "url": address_of_page(community, path_of(report)),
        "title": report.title,
        "text": report.text,
        "categoryCode": main,
        "category": titles.get(main, ""),
        "categories": ";".join(report.category_codes),
        "state": STATES[State(report.state)].label,
        "address": report.address,
        "settlement": report.settlement_code,
        "lat": "" if report.lat is None else round(report.lat, PLACES),
        "lon": "" if report.lon is None else round(report.lon, PLACES),
        "organisation": report.organisation.name if report.organisation else "",
        "publishedAt": _moment(report.published_at),
        "acceptedAt": _moment(report.accepted_at),
        "closedAt": _moment(report.closed_at),
        "archivedAt": _moment(report.archived_at),
        "acceptDue": _moment(report.accept_due_at),
        "explainDue": _moment(report.explain_due_at),
        "result": RESULTS[Result(report.result)] if report.result else "",
        "resultText": report.result_text,
        "confirmed": _YES_OR_NO[report.confirmed],
        "reopened": report.reopened_count,
        "voices": report.voice_count,
        "mergedInto": report.follows.number if report.follows else "",
        "source": report.source,
    }


def _moment(value: datetime | None) -> str:
    return value.astimezone(KYIV).isoformat(timespec="seconds") if value else ""


DATASETS = (
    Dataset(
        code="reports",
        title=N_("Повідомлення про проблеми"),
        description=N_("Що, де й коли повідомили мешканці, хто цим займається і чим закінчилося. Без авторів."),
        basis=N_("Закон «Про доступ до публічної інформації», ст. 10-1"),
        columns=REPORT_COLUMNS,
        rows=report_rows,
        schema={},
        place=("lat", "lon"),
        of_day=report_rows_of_day,
    ),
    Dataset(
        code="report-holders",
        title=N_("У кого були повідомлення про проблеми"),
        description=N_("Яка організація скільки тримала кожне повідомлення і кому передала."),
        basis=N_("Закон «Про доступ до публічної інформації», ст. 10-1"),
        columns=CHAIN_COLUMNS,
        rows=chain_rows,
        schema={},
    ),
)
