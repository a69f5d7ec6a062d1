"""The list of signers as a workbook, written row by row. A name is never a formula, whatever it begins with. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from edem.services.petitions.rules.signers_list import Signer, cells

FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")
_WIDTHS: Final = (9, 48, 14, 30)


@dataclass(frozen=True, kw_only=True)
class Words:
    """What the workbook says besides the names."""

    about_sheet: str
    list_sheet: str
    about: Sequence[Sequence[str]]
    titles: Sequence[str]


def workbook_of(signers: Sequence[Signer], words: Words, *, with_channel: bool) -> bytes:
    """First a sheet that says what this is, then the list itself, with its heading in sight."""
    book = Workbook(write_only=True)
    write_about(book.create_sheet(words.about_sheet), words.about)
    sheet = book.create_sheet(words.list_sheet)
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCD", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append([text(sheet, title, bold=True) for title in words.titles])
    for each in signers:
        line = cells(each, with_channel=with_channel)
        sheet.append([each.number, *(text(sheet, cell) for cell in line[1:])])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def write_about(sheet: Any, about: Sequence[Sequence[str]]) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 30, 90
    for name, value in about:
        sheet.append([text(sheet, name, bold=True), text(sheet, value)])


def text(sheet: Any, value: str, *, bold: bool = False) -> Any:
    """Only what needs a style of its own becomes a cell: a hundred thousand of them are slow."""
    is_risky = value.startswith(FORMULA_SIGNS)
    if not bold and not is_risky:
        return value
    cell = WriteOnlyCell(sheet, value=value)
    cell.data_type = "s"
    cell.quotePrefix = is_risky  # it stays a text even when someone opens the cell and presses Enter
    if bold:
        cell.font = Font(bold=True)
    return cell
