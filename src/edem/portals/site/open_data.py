"""Open data of a community: what each service gives, as CSV, JSON, XLSX and GeoJSON, streamed."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from io import BytesIO, StringIO
from typing import Final

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from edem.foundation.catalog.manifest import Dataset, Format
from edem.foundation.catalog.registry import switched_on
from edem.foundation.live.kept import kept
from edem.foundation.people.access import anyone, open_to
from edem.foundation.people.requests import CommunityRequest
from edem.kernel.deadlines import kyiv_day
from edem.kernel.errors import Missing

Rows = Iterable[Mapping[str, object]]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DAYS_LISTED: Final = 7
FIRST_YEAR: Final = 1990
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@open_to(anyone)
@kept()
@require_safe
def datasets(request: CommunityRequest) -> HttpResponse:
    today = kyiv_day(request.now)
    days = [today - timedelta(days=back) for back in range(1, DAYS_LISTED + 1)]
    return render(request, "site/open_data.html", {"datasets": datasets_of(request), "days": days})


@open_to(anyone)
@require_safe
def download(request: CommunityRequest, code: str, extension: str) -> HttpResponseBase:
    dataset = dataset_of(request, code, extension)
    rows = dataset.rows(request.community, request.now)
    return named(answer(dataset, Format(extension), rows), f"{request.community.slug}-{code}.{extension}")


@open_to(anyone)
@require_safe
def download_day(request: CommunityRequest, code: str, day: str, extension: str) -> HttpResponseBase:
    """One day that is over or runs: the same columns, for whoever comes every day for the new ones."""
    dataset = dataset_of(request, code, extension)
    wanted = day_in(day)
    if dataset.of_day is None or wanted is None or wanted > kyiv_day(request.now):
        raise Missing("site.no_such_dataset")
    rows = dataset.of_day(request.community, wanted)
    return named(answer(dataset, Format(extension), rows), f"{request.community.slug}-{code}-{day}.{extension}")


def dataset_of(request: CommunityRequest, code: str, extension: str) -> Dataset:
    dataset = next((each for each in datasets_of(request) if each.code == code), None)
    if dataset is None or extension not in dataset.formats:
        raise Missing("site.no_such_dataset")
    return dataset


def day_in(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.year >= FIRST_YEAR else None


def named(response: HttpResponseBase, name: str) -> HttpResponseBase:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def datasets_of(request: CommunityRequest) -> list[Dataset]:
    return [dataset for manifest in switched_on(request.community) for dataset in manifest.datasets]


def answer(dataset: Dataset, wanted: Format, rows: Rows) -> HttpResponseBase:
    match wanted:
        case Format.CSV:
            return StreamingHttpResponse(csv_lines(dataset, rows), content_type="text/csv; charset=utf-8")
        case Format.JSON:
            return StreamingHttpResponse(json_lines(dataset, rows), content_type="application/json; charset=utf-8")
        case Format.XLSX:
            return HttpResponse(workbook(dataset, rows), content_type=XLSX)
        case Format.GEOJSON:
            return StreamingHttpResponse(geojson_lines(dataset, rows), content_type="application/geo+json")


def csv_lines(dataset: Dataset, rows: Rows) -> Iterator[str]:
    """With a byte-order mark: without it spreadsheets misread Ukrainian letters."""
    yield "\ufeff" + csv_line(dataset.columns)
    for row in rows:
        yield csv_line([row[column] for column in dataset.columns])


def csv_line(cells: Iterable[object]) -> str:
    line = StringIO()
    csv.writer(line).writerow([plain(cell) for cell in cells])
    return line.getvalue()


def plain(cell: object) -> object:
    """A text that a spreadsheet would take for a formula is marked as text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_SIGNS) else cell


def json_lines(dataset: Dataset, rows: Rows) -> Iterator[str]:
    yield "["
    for position, row in enumerate(rows):
        told = {column: row[column] for column in dataset.columns}
        yield ("," if position else "") + "\n" + json.dumps(told, ensure_ascii=False)
    yield "\n]\n"


def geojson_lines(dataset: Dataset, rows: Rows) -> Iterator[str]:
    """RFC 7946: longitude first; what has no place has no geometry and is there all the same."""
    assert dataset.place is not None
    yield '{"type":"FeatureCollection","features":['
    for position, row in enumerate(rows):
        lat, lon = (row[column] for column in dataset.place)
        point = {"type": "Point", "coordinates": [lon, lat]} if isinstance(lat, float) else None
        told = {column: row[column] for column in dataset.columns if column not in dataset.place}
        feature = {"type": "Feature", "geometry": point, "properties": told}
        yield ("," if position else "") + "\n" + json.dumps(feature, ensure_ascii=False)
    yield "\n]}\n"


def workbook(dataset: Dataset, rows: Rows) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(dataset.code)
    sheet.append(list(dataset.columns))
    for row in rows:
        cells = []
        for column in dataset.columns:
            value = row[column]
            cell = WriteOnlyCell(sheet, value=value if isinstance(value, int | float) else str(value))
            if isinstance(value, str):
                cell.data_type = "s"  # a text is never a formula, whatever it begins with
            cells.append(cell)
        sheet.append(cells)
    file = BytesIO()
    book.save(file)
    return file.getvalue()
