"""A period's figures as data: CSV that spreadsheets read, JSON that says everything."""

import csv
import json
from enum import StrEnum
from io import StringIO
from typing import Final

from edem.services.reports.rules.period_told import COLUMNS, PeriodTold

_FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")


class FileKind(StrEnum):
    PDF = "pdf"
    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"

    @property
    def content_type(self) -> str:
        return {
            FileKind.PDF: "application/pdf",
            FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            FileKind.CSV: "text/csv; charset=utf-8",
            FileKind.JSON: "application/json; charset=utf-8",
        }[self]


def stem_of(told: PeriodTold) -> str:
    return f"reports-{told.period.first}-{told.period.last}"


def file_of(told: PeriodTold, kind: FileKind) -> bytes:
    if kind is FileKind.JSON:
        return json.dumps(told.as_json(), ensure_ascii=False).encode()
    return csv_of(told)


def csv_of(told: PeriodTold) -> bytes:
    """With a byte-order mark: without it spreadsheets misread Ukrainian letters."""
    file = StringIO()
    lines = csv.DictWriter(file, COLUMNS)
    lines.writeheader()
    lines.writerows({name: plain(cell) for name, cell in line.items()} for line in told.rows())
    return file.getvalue().encode("utf-8-sig")


def plain(cell: object) -> object:
    """A text that a spreadsheet would take for a formula is marked as text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_SIGNS) else cell
