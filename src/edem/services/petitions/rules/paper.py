"""Signatures on paper: what a row must have, who confirms a sheet, and which sheets come in time (decision 0008)."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from edem.foundation.identity.claims import identifiers_of
from edem.foundation.identity.tax_number import age_on, born_on
from edem.kernel.errors import Conflict, Invalid, NotAllowed
from edem.kernel.lifecycle import StateLook
from edem.kernel.ukrainian import N_
from edem.services.petitions.rules.lifecycle import SIGNABLE, State

MOST_ROWS: Final = 60
NAME_MAX: Final = 200
NUMBER_MAX: Final = 20
LARGEST_NUMBER: Final = 1_000_000
_LEAST_WORDS: Final = 2
_TAX: Final = "tax:"
_BETWEEN: Final = re.compile(r"[\s\-–—№.]")


class SheetState(StrEnum):
    DRAFT = "draft"
    RETURNED = "returned"
    HANDED_OVER = "handed_over"
    CONFIRMED = "confirmed"
    DISCARDED = "discarded"


class Outcome(StrEnum):
    """What became of a row."""

    COUNTED = "counted"
    ALREADY = "already"
    STRUCK = "struck"


SHEET_LOOKS: Final = {
    SheetState.DRAFT: StateLook(label=N_("Вносять рядки"), tone="neutral", shape="○"),
    SheetState.RETURNED: StateLook(label=N_("Повернуто на виправлення"), tone="warning", shape="▲"),
    SheetState.HANDED_OVER: StateLook(label=N_("Чекає на підтвердження"), tone="accepted", shape="◆"),
    SheetState.CONFIRMED: StateLook(label=N_("Підтверджено"), tone="closed", shape="■", final=True),
    SheetState.DISCARDED: StateLook(label=N_("Прибрано"), tone="archive", shape="▢", final=True),
}
OUTCOME_LABELS: Final = {
    Outcome.COUNTED: N_("Зараховано"),
    Outcome.ALREADY: N_("Ця людина вже підписувала"),
    Outcome.STRUCK: N_("Викреслено"),
}

IN_WORK: Final = frozenset({SheetState.DRAFT, SheetState.RETURNED})
WAITING: Final = IN_WORK | {SheetState.HANDED_OVER}

TAKES_PAPER: Final = SIGNABLE | {
    State.FELL_SHORT,
    State.APPEAL,
    State.ANSWERED,
    State.FULFILMENT,
    State.FULFILLED,
    State.NOT_FULFILLED,
}
"""A sheet that came in time is confirmed whatever stage the petition has reached meanwhile."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row as a clerk reads it from the paper; a day that cannot be read is None."""

    place: int
    name: str = ""
    number: str = ""
    settlement_code: str = ""
    settlement_typed: str = ""
    signed_on: date | None = None
    day_typed: str = ""


@dataclass(frozen=True, kw_only=True)
class Frame:
    """Between which days a row may have been signed, and the least age of the charter."""

    published_on: date
    received_on: date
    minimum_age: int = 0


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong with a row: on which of its fields, and why."""

    place: int
    field: str
    why: Invalid


def faults_of(lines: Sequence[Line], frame: Frame) -> list[Fault]:
    """Everything that must be mended before the sheet goes on, in the order of the paper."""
    twice = numbers_twice(lines)
    return [fault for line in lines for fault in _faults_of_one(line, frame, twice)]


def _faults_of_one(line: Line, frame: Frame, twice: Collection[str]) -> Iterable[Fault]:
    checks = {
        "name": _name_fault(line),
        "number": _number_fault(line, frame, twice),
        "settlement": _settlement_fault(line),
        "day": _day_fault(line, frame),
    }
    return (Fault(place=line.place, field=field, why=why) for field, why in checks.items() if why)


def _name_fault(line: Line) -> Invalid | None:
    if len(re.findall(r"[^\W\d_]+", line.name)) < _LEAST_WORDS:
        return Invalid("petition.row_no_name", row=line.place)
    return None


def _number_fault(line: Line, frame: Frame, twice: Collection[str]) -> Invalid | None:
    try:
        identifier = identifier_of(line.number)
    except Invalid:
        return Invalid("petition.row_tax_number_wrong", row=line.place)
    if not identifier:
        return Invalid("petition.row_no_number", row=line.place)
    if identifier in twice:
        return Invalid("petition.row_twice", row=line.place)
    if identifier.startswith(_TAX):
        return _age_fault(line, born_on(identifier.removeprefix(_TAX)), frame)
    return None


def _age_fault(line: Line, born: date, frame: Frame) -> Invalid | None:
    """Only a tax number tells the age; for a passport the clerks vouch."""
    age = age_on(line.signed_on or frame.received_on, born=born)
    if age < 0:
        return Invalid("petition.row_tax_number_wrong", row=line.place)
    return Invalid("petition.row_too_young", row=line.place, age=frame.minimum_age) if age < frame.minimum_age else None


def _settlement_fault(line: Line) -> Invalid | None:
    return None if line.settlement_code else Invalid("petition.row_no_settlement", row=line.place)


def _day_fault(line: Line, frame: Frame) -> Invalid | None:
    if line.signed_on is None:
        return Invalid("petition.row_no_day", row=line.place)
    if not frame.published_on <= line.signed_on <= frame.received_on:
        first, last = frame.published_on, frame.received_on
        return Invalid("petition.row_day_outside", row=line.place, first=first, last=last)
    return None


def identifier_of(number: str) -> str:
    """«tax:…», «doc:…» or nothing; spaces and dashes inside are how people write. A broken tax number raises."""
    found = identifiers_of(bare(number))
    return found[0] if found else ""


def bare(number: str) -> str:
    return _BETWEEN.sub("", number)


def numbers_twice(lines: Iterable[Line]) -> frozenset[str]:
    """Identifiers that stand on the sheet more than once."""
    seen: Counter[str] = Counter()
    for line in lines:
        try:
            seen[identifier_of(line.number)] += 1
        except Invalid:
            continue
    return frozenset(identifier for identifier, times in seen.items() if identifier and times > 1)


def check_may_fill(state: SheetState) -> None:
    if state not in IN_WORK:
        raise Conflict("petition.sheet_not_in_work")


def check_four_eyes(*, by: UUID, hands: Collection[UUID], two_clerks: bool) -> None:
    """Whoever entered anything of a sheet does not confirm it, where the charter wants two clerks."""
    if two_clerks and by in hands:
        raise NotAllowed("petition.sheet_own")


def check_may_confirm(state: SheetState, petition: State) -> None:
    if state is not SheetState.HANDED_OVER:
        raise Conflict("petition.sheet_not_waiting")
    if petition not in TAKES_PAPER:
        raise Conflict("petition.not_collecting")


def check_strikes(struck: Mapping[int, str], places: Collection[int]) -> None:
    if not set(struck) <= set(places):
        raise Invalid("petition.no_such_row")
