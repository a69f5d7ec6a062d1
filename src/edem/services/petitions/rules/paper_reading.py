"""Reading what a tired clerk typed: an empty settlement or day is the one above, a day needs no year."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from edem.kernel.ukrainian import sort_key
from edem.services.petitions.rules.paper import NAME_MAX, NUMBER_MAX, Line, bare
from edem.services.petitions.rules.text import tidy_line

_CENTURY, _CENTURIES = 100, 2000
_LONGEST_YEAR = 4


@dataclass(frozen=True, kw_only=True)
class TypedLine:
    """The four cells of a row, as they came."""

    place: int
    name: str = ""
    number: str = ""
    settlement: str = ""
    day: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.name or self.number or self.settlement or self.day)


def read_lines(typed: Iterable[TypedLine], *, settlements: Mapping[str, str], received_on: date) -> list[Line]:
    """Rows with something in them; `settlements` is name → code of the community's own."""
    codes = {sort_key(name): (name, code) for name, code in settlements.items()}
    return list(_filled_down(_read(each, codes, received_on) for each in typed if not _tidied(each).is_empty))


def _tidied(typed: TypedLine) -> TypedLine:
    return replace(
        typed,
        name=tidy_line(typed.name)[:NAME_MAX],
        number=bare(tidy_line(typed.number))[:NUMBER_MAX],
        settlement=tidy_line(typed.settlement)[:100],
        day=tidy_line(typed.day)[:20],
    )


def _read(typed: TypedLine, codes: Mapping[str, tuple[str, str]], received_on: date) -> Line:
    tidied = _tidied(typed)
    name, code = codes.get(sort_key(tidied.settlement), (tidied.settlement, ""))
    return Line(
        place=tidied.place,
        name=tidied.name,
        number=tidied.number,
        settlement_code=code,
        settlement_typed=name,
        signed_on=read_day(tidied.day, received_on=received_on),
        day_typed=tidied.day,
    )


def _filled_down(lines: Iterable[Line]) -> Iterator[Line]:
    above = Line(place=0)
    for line in lines:
        filled = line
        if not line.settlement_typed:
            filled = replace(filled, settlement_code=above.settlement_code, settlement_typed=above.settlement_typed)
        if not line.day_typed:
            filled = replace(filled, signed_on=above.signed_on, day_typed=above.day_typed)
        yield filled
        above = filled


def read_day(typed: str, *, received_on: date) -> date | None:
    """«14.10», «14.10.26» or «14.10.2026»; without a year, the last such day before the sheet came."""
    parts = re.findall(r"\d+", typed)
    if any(len(part) > _LONGEST_YEAR for part in parts):
        return None
    try:
        match [int(part) for part in parts]:
            case [day, month]:
                found = date(received_on.year, month, day)
                return found if found <= received_on else date(received_on.year - 1, month, day)
            case [day, month, year]:
                return date(year + _CENTURIES if year < _CENTURY else year, month, day)
    except ValueError:
        return None
    return None
