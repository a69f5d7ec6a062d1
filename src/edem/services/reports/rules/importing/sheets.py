"""A file of reports, whatever its form, as lines with named cells; what cannot be read is named by its line."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from edem.kernel.errors import Invalid, Refused
from edem.services.reports.rules.importing.csv_lines import csv_lines
from edem.services.reports.rules.importing.encodings import text_of
from edem.services.reports.rules.open311.answers import Unreadable, flat, records_in

LARGEST: Final = 64 * 1024 * 1024
MOST_LINES: Final = 200_000
LATITUDE, LONGITUDE = "geometry.lat", "geometry.lon"
_SPREADSHEETS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_PAIR: Final = 2


@dataclass(frozen=True, kw_only=True)
class Line:
    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A line that was not taken, and why."""

    line: int
    refusal: Refused


@dataclass(frozen=True, kw_only=True)
class Sheet:
    columns: Sequence[str]
    lines: Sequence[Line]
    faults: Sequence[Fault] = field(default_factory=tuple)
    encoding: str = "utf-8"


def read_sheet(content: bytes) -> Sheet:
    if not content.strip():
        raise Invalid("report_import.empty")
    if len(content) > LARGEST:
        raise Invalid("report_import.too_large", megabytes=LARGEST // 1024 // 1024)
    if content.startswith(_SPREADSHEETS):
        raise Invalid("report_import.spreadsheet")
    sheet = _read(content)
    if not sheet.lines and not sheet.faults:
        raise Invalid("report_import.empty")
    if len(sheet.lines) > MOST_LINES:
        raise Invalid("report_import.too_many_lines", most=MOST_LINES)
    return sheet


def _read(content: bytes) -> Sheet:
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start == b"<":
        return _of_records(content)
    text, encoding = text_of(content)
    if text.lstrip()[:1] in {"{", "["}:
        whole = text.encode("utf-8", "surrogatepass")
        return _of_features(text) or _of_records(whole)
    columns, rows, faults = csv_lines(text)
    lines = [Line(number=number, cells=cells) for number, cells in rows]
    return Sheet(
        columns=columns,
        lines=lines,
        faults=[Fault(line=number, refusal=refusal) for number, refusal in faults],
        encoding=encoding,
    )


def _of_records(content: bytes) -> Sheet:
    try:
        records = records_in(content)
    except Unreadable as nonsense:
        raise Invalid("report_import.unreadable", why=str(nonsense)) from None
    return _sheet_of(enumerate(records, start=1))


def _of_features(text: str) -> Sheet | None:
    """GeoJSON (RFC 7946); None for any other JSON."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise Invalid("report_import.unreadable", why="JSON") from None
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        return None
    features = document.get("features")
    if not isinstance(features, list):
        raise Invalid("report_import.unreadable", why="features")
    return _sheet_of((number, _feature(each)) for number, each in enumerate(features, start=1))


def _feature(feature: object) -> dict[str, str] | Refused:
    if not isinstance(feature, dict) or not isinstance(feature.get("properties") or {}, dict):
        return Invalid("report_import.line_unreadable")
    geometry = feature.get("geometry")
    at: dict[str, str] = {}
    if geometry is not None:
        found = geometry.get("coordinates") if isinstance(geometry, dict) else None
        if not isinstance(found, list) or geometry.get("type") != "Point" or len(found) < _PAIR:
            return Invalid("report_import.not_a_point")
        at = {LATITUDE: str(found[1]), LONGITUDE: str(found[0])}
    named = {"id": str(feature["id"])} if feature.get("id") is not None else {}
    try:
        return {**named, **flat(feature.get("properties") or {}), **at}
    except Unreadable:
        return Invalid("report_import.line_unreadable")


def _sheet_of(records: Iterator[tuple[int, dict[str, str] | Refused]]) -> Sheet:
    lines: list[Line] = []
    faults: list[Fault] = []
    columns: dict[str, None] = {}
    for number, record in records:
        if isinstance(record, Refused):
            faults.append(Fault(line=number, refusal=record))
        else:
            columns.update(dict.fromkeys(record))
            lines.append(Line(number=number, cells={name: value.strip() for name, value in record.items()}))
    return Sheet(columns=tuple(columns), lines=lines, faults=faults)
