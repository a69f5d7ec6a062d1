"""Tables as offices send them: CSV in any usual encoding and delimiter. Broken lines are named, the rest is read."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from edem.kernel.errors import Invalid, Refused
from edem.kernel.ukrainian import fold

LARGEST_FILE = 64 * 1024 * 1024
LONGEST_LINE = 10_000
_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_ENCODINGS = ("utf-8", "cp1251", "utf-16-le", "utf-16-be", "koi8-u", "cp866")
_DELIMITERS = ";,\t"
_UNDECODED = "\ufffd"
_SHOWN = 80


@dataclass(frozen=True)
class Row:
    line: int
    cells: Mapping[str, str]
    """Our name of the column → what stands there, without the spaces around it."""


@dataclass(frozen=True)
class Fault:
    """A line that could not be taken, and why."""

    line: int
    refusal: Refused


@dataclass(frozen=True)
class Table:
    rows: Sequence[Row]
    faults: Sequence[Fault]


@dataclass(frozen=True)
class _Shape:
    encoding: str
    delimiter: str
    header: Sequence[str]
    places: Mapping[str, int]


def content_of(path: Path) -> bytes:
    """The bytes of a file somebody named on the command line."""
    if not path.is_file():
        raise Invalid("table.no_file", path=str(path))
    if path.stat().st_size > LARGEST_FILE:
        raise Invalid("table.too_large", megabytes=LARGEST_FILE // 1024 // 1024)
    return path.read_bytes()


def read_table(content: bytes, *, columns: Mapping[str, str]) -> Table:
    """Read the columns asked for (our name → the heading in the file); other columns may stand beside them."""
    if not content.strip():
        raise Invalid("table.empty")
    shape = _shape_of(content, columns)
    rows: list[Row] = []
    faults: list[Fault] = []
    for line, text in _lines(content, shape.encoding):
        try:
            rows.append(Row(line, _cells(text, shape)))
        except Refused as refusal:
            faults.append(Fault(line, refusal))
    return Table(rows, faults)


def _shape_of(content: bytes, columns: Mapping[str, str]) -> _Shape:
    """The encoding and the delimiter under which the first line holds every heading."""
    bom = next((encoding for mark, encoding in _BOMS.items() if content.startswith(mark)), None)
    for encoding in [bom] if bom else _ENCODINGS:
        first = _text(content[: 2 * LONGEST_LINE], encoding).lstrip().partition("\n")[0]
        for delimiter in _DELIMITERS:
            header = [fold(cell).strip() for cell in first.split(delimiter)]
            header = [cell.strip('"').strip() for cell in header]
            places = {name: header.index(fold(title)) for name, title in columns.items() if fold(title) in header}
            if len(places) == len(columns):
                return _Shape(encoding, delimiter, header, places)
    raise _no_table(content, columns, bom or "utf-8")


def _no_table(content: bytes, columns: Mapping[str, str], encoding: str) -> Invalid:
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return Invalid("table.spreadsheet")
    first = _text(content[:LONGEST_LINE], encoding).lstrip().partition("\n")[0][:_SHOWN]
    if any(not (letter.isprintable() or letter == "\t") or letter == _UNDECODED for letter in first):
        return Invalid("table.binary")
    return Invalid("table.wrong_header", expected="; ".join(columns.values()), found=first)


def _text(content: bytes, encoding: str) -> str:
    text = content.decode(encoding, errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _lines(content: bytes, encoding: str) -> Iterator[tuple[int, str]]:
    """The lines under the heading, by their numbers in the file; empty ones are passed over."""
    heading_seen = False
    for number, text in enumerate(_text(content, encoding).split("\n"), start=1):
        if not text.strip(" \t;,"):
            continue
        if heading_seen:
            yield number, text
        heading_seen = True


def _cells(text: str, shape: _Shape) -> Mapping[str, str]:
    """One line is one row: a stray quotation mark spoils its own line and no other."""
    if len(text) > LONGEST_LINE:
        raise Invalid("table.line_too_long", longest=LONGEST_LINE)
    if "\x00" in text or _UNDECODED in text:
        raise Invalid("table.line_unreadable")
    try:
        cells = next(csv.reader([text], delimiter=shape.delimiter, strict=True))
    except csv.Error as error:
        raise Invalid("table.line_quotes") from error
    if len(cells) < len(shape.header) or any(cell.strip() for cell in cells[len(shape.header) :]):
        raise Invalid("table.line_cells", expected=len(shape.header), found=len(cells))
    return {name: cells[place].strip() for name, place in shape.places.items()}
