"""Reads a table of petitions as portals publish it: CSV or XLSX, in any usual encoding, order and spelling. Pure."""

import csv
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from io import BytesIO, StringIO
from typing import Final
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from edem.kernel.errors import Invalid
from edem.kernel.ukrainian import fold
from edem.services.petitions.rules.annex34 import PETITION_COLUMNS, PETITION_TITLES

Cell = object
Line = tuple[int, Sequence[Cell]]

LARGEST: Final = 64 * 1024 * 1024
MOST_CELLS: Final = 100
_CLOSE_ENOUGH: Final = 0.82
_LEAST_COLUMNS: Final = 3
_ENCODINGS: Final = ("utf-8-sig", "cp1251", "utf-16-le", "utf-16-be")
_BOMS: Final = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
_DELIMITERS: Final = (",", ";", "\t", "|")


def lines_of(content: bytes) -> Iterator[tuple[int, dict[str, Cell]]]:
    """Line number in the file → the cells under our own column names; unknown columns are passed over."""
    if not content.strip():
        raise Invalid("petition.import_unreadable", why="файл порожній")
    if len(content) > LARGEST:
        raise Invalid("petition.import_unreadable", why="файл більший за 64 МБ")
    lines = _sheet_lines(content) if content.startswith(b"PK\x03\x04") else _text_lines(content)
    try:
        _first, header = next(lines, (1, ()))
        places = places_in(header)
        for number, cells in lines:
            if any(cell not in (None, "") for cell in cells):
                yield number, {name: cells[place] for name, place in places.items() if place < len(cells)}
    except csv.Error as error:
        raise Invalid("petition.import_unreadable", why="лапки в таблиці не закрито") from error


def places_in(header: Sequence[Cell]) -> dict[str, int]:
    """Which column stands where: by its name, its Ukrainian title, or what is nearly one of them."""
    titles = [_plain(str(cell or "")) for cell in header[:MOST_CELLS]]
    places: dict[str, int] = {}
    for name in PETITION_COLUMNS:
        wanted = (_plain(name), _plain(PETITION_TITLES[name]))
        exact = next((at for at, title in enumerate(titles) if title in wanted and at not in places.values()), None)
        if exact is not None:
            places[name] = exact
    for name in [each for each in PETITION_COLUMNS if each not in places]:
        wanted = (_plain(name), _plain(PETITION_TITLES[name]))
        free = [at for at in range(len(titles)) if at not in places.values() and titles[at]]
        likeness = {at: max(SequenceMatcher(None, titles[at], each).ratio() for each in wanted) for at in free}
        best = max(likeness, key=lambda at: likeness[at], default=None)
        if best is not None and likeness[best] >= _CLOSE_ENOUGH:
            places[name] = best
    if "title" not in places or len(places) < _LEAST_COLUMNS:
        raise Invalid("petition.import_unreadable", why="у першому рядку немає назв стовпців додатка 34")
    return places


def _plain(title: str) -> str:
    return "".join(letter for letter in fold(title) if letter.isalnum())


def _text_lines(content: bytes) -> Iterator[Line]:
    text = _decoded(content)
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    csv.field_size_limit(LARGEST)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    return ((reader.line_num, row[:MOST_CELLS]) for row in reader)


def _decoded(content: bytes) -> str:
    marked = next((encoding for mark, encoding in _BOMS.items() if content.startswith(mark)), None)
    for encoding in [marked] if marked else _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Invalid("petition.import_unreadable", why="це не текстова таблиця; збережіть її як CSV у UTF-8")


def _sheet_lines(content: bytes) -> Iterator[Line]:
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise Invalid("petition.import_unreadable", why="книга XLSX пошкоджена") from error
    sheet = book.worksheets[0]
    return ((number, row) for number, row in enumerate(sheet.iter_rows(max_col=MOST_CELLS, values_only=True), start=1))
