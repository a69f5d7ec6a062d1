"""The codifier of administrative units (order of the Ministry of Communities No 290, 2020): its rows, checked. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from edem.foundation.places.tables import Fault, Row, Table, read_table
from edem.kernel.errors import Invalid, Refused
from edem.kernel.ukrainian import normalise

LEVELS = ("first", "second", "third", "fourth", "fifth")
COLUMNS = {
    "first": "Перший рівень",
    "second": "Другий рівень",
    "third": "Третій рівень",
    "fourth": "Четвертий рівень",
    "fifth": "Додатковий рівень",
    "category": "Категорія обʼєкта",
    "name": "Назва обʼєкта",
}
# Some editions of the codifier write the category in Cyrillic letters that look the same.
_LATIN = str.maketrans("ОКРНМТСХВ", "OKPHMTCXB")
_DEPTH = {"O": 1, "K": 1, "P": 2, "H": 3, "M": 4, "T": 4, "C": 4, "X": 4, "B": 5}
_CODE = re.compile(r"UA\d{17}", re.ASCII)
_LONGEST_NAME = 200


@dataclass(frozen=True)
class UnitRow:
    line: int
    code: str
    name: str
    category: str
    parent: str | None
    community: str
    """Empty above the communities: an oblast and a raion lie in none."""


@dataclass(frozen=True)
class Codifier:
    units: Sequence[UnitRow]
    faults: Sequence[Fault]


def read_codifier(content: bytes) -> Codifier:
    table = read_table(content, columns=COLUMNS)
    units, faults = _sort_out(table)
    return Codifier(units, sorted([*table.faults, *faults], key=lambda fault: fault.line))


def without_orphans(codifier: Codifier, *, known: frozenset[str]) -> Codifier:
    """Take out the units whose parent is neither in the file nor `known`; then those that hung on them, and so on."""
    units, faults = list(codifier.units), list(codifier.faults)
    while True:
        there = known | {unit.code for unit in units}
        orphans = [unit for unit in units if unit.parent and unit.parent not in there]
        if not orphans:
            return Codifier(units, sorted(faults, key=lambda fault: fault.line))
        faults += [Fault(unit.line, Invalid("codifier.no_parent", parent=unit.parent)) for unit in orphans]
        units = [unit for unit in units if not unit.parent or unit.parent in there]


def _sort_out(table: Table) -> tuple[list[UnitRow], list[Fault]]:
    units: dict[str, UnitRow] = {}
    faults = []
    for row in table.rows:
        try:
            unit = _unit(row)
            _check_is_new(unit, units)
        except Refused as refusal:
            faults.append(Fault(row.line, refusal))
        else:
            units[unit.code] = unit
    return list(units.values()), faults


def _unit(row: Row) -> UnitRow:
    codes = list(_codes(row.cells[level] for level in LEVELS))
    category = row.cells["category"].upper().translate(_LATIN)
    name = normalise(" ".join(row.cells["name"].split()))
    if category not in _DEPTH:
        raise Invalid("codifier.category", category=row.cells["category"][:20])
    if not name or len(name) > _LONGEST_NAME:
        raise Invalid("codifier.name", longest=_LONGEST_NAME)
    if len(codes) != _DEPTH[category]:
        raise Invalid("codifier.level", category=category, expected=_DEPTH[category], found=len(codes))
    # Kyiv and Sevastopol repeat their own code on the levels they do not have.
    above = [code for code in codes[:-1] if code != codes[-1]]
    return UnitRow(row.line, codes[-1], name, category, above[-1] if above else None, _community(category, codes))


def _codes(cells: Iterable[str]) -> Iterable[str]:
    for cell in cells:
        if cell and not _CODE.fullmatch(cell):
            raise Invalid("codifier.code", katottg=cell[:40])
        if cell:
            yield cell


def _community(category: str, codes: Sequence[str]) -> str:
    if category == "K":
        return codes[0]
    return codes[2] if len(codes) > 2 else ""  # noqa: PLR2004 - the third level is the community


def _check_is_new(unit: UnitRow, units: dict[str, UnitRow]) -> None:
    if unit.code in units:
        raise Invalid("codifier.twice", katottg=unit.code, first_line=units[unit.code].line)
