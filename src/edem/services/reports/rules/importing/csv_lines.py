"""CSV as people send it: any usual delimiter, quoted texts over several lines; a broken line spoils no other."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from typing import Final

from edem.kernel.errors import Invalid, Refused

Row = tuple[int, Mapping[str, str]]
Broken = tuple[int, Refused]

MOST_COLUMNS: Final = 200
LONGEST_ROW: Final = 100_000
MOST_LINES_IN_ROW: Final = 300
_DELIMITERS: Final = (",", ";", "\t", "|")


def csv_lines(text: str) -> tuple[Sequence[str], list[Row], list[Broken]]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    delimiter = max(_DELIMITERS, key=_heading(lines).count)
    rows: list[Row] = []
    faults: list[Broken] = []
    columns: Sequence[str] | None = None
    for number, written in _whole_rows(lines):
        try:
            cells = _cells(written, delimiter)
            if columns is None:
                columns = _columns(cells)
            elif any(cells):
                rows.append((number, _named(columns, cells)))
        except Refused as refusal:
            if columns is None:
                raise
            faults.append((number, refusal))
    return columns or (), rows, faults


def _heading(lines: Sequence[str]) -> str:
    first = next((line for line in lines if line.strip()), "")
    if "\x00" in first or first.count("\ufffd") > len(first) // 4:
        raise Invalid("report_import.unreadable", why="NUL")
    return first


def _whole_rows(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """A row goes on while its quotation marks are open; one that never closes loses only its first line."""
    at = 0
    while at < len(lines):
        taken = _lines_of_row(lines, at)
        written = "\n".join(lines[at : at + taken])
        if written.strip():
            yield at + 1, written
        at += taken


def _lines_of_row(lines: Sequence[str], at: int) -> int:
    quotes = length = 0
    for taken, line in enumerate(lines[at : at + MOST_LINES_IN_ROW], start=1):
        quotes += line.count('"')
        length += len(line)
        if quotes % 2 == 0:
            return taken
        if length > LONGEST_ROW:
            break
    return 1


def _cells(written: str, delimiter: str) -> list[str]:
    if len(written) > LONGEST_ROW:
        raise Invalid("report_import.line_too_long", longest=LONGEST_ROW)
    if "\x00" in written or "\ufffd" in written:
        raise Invalid("report_import.line_unreadable")
    try:
        rows = list(csv.reader(StringIO(written, newline="\n"), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise Invalid("report_import.line_quotes") from error
    if len(rows) != 1:
        raise Invalid("report_import.line_quotes")
    return [_unmarked(cell.strip()) for cell in rows[0]]


def _unmarked(cell: str) -> str:
    """A text that an export marked against being taken for a formula loses the mark again."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in {"=", "+", "-", "@"} else cell


def _columns(cells: Sequence[str]) -> Sequence[str]:
    if len(cells) > MOST_COLUMNS:
        raise Invalid("report_import.too_many_columns", most=MOST_COLUMNS)
    if len([cell for cell in cells if cell]) < 2:  # noqa: PLR2004 - one column is no table
        raise Invalid("report_import.no_heading", found=(cells[0] if cells else "")[:80])
    named: list[str] = []
    for place, cell in enumerate(cells, start=1):
        name = cell[:100] or f"№ {place}"
        named.append(name if name not in named else f"{name} ({place})")
    return tuple(named)


def _named(columns: Sequence[str], cells: Sequence[str]) -> Mapping[str, str]:
    if len(cells) < len(columns) or any(cells[len(columns) :]):
        raise Invalid("report_import.cells", expected=len(columns), found=len(cells))
    return dict(zip(columns, cells, strict=False))
