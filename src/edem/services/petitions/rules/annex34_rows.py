"""One row of an annex-34 table, read with patience: dates and numbers as offices write them. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from edem.kernel.errors import Invalid
from edem.kernel.ukrainian import fold
from edem.services.petitions.rules.lifecycle import IN_PUBLIC, STATES, State
from edem.services.petitions.rules.text import tidy_line, tidy_paragraphs

TITLE_LONGEST: Final = 300
TEXT_LONGEST: Final = 50_000
MOST_SIGNATURES: Final = 2_000_000_000

_WORDS: Final = (
    ("не виконан", State.NOT_FULFILLED),
    ("на виконанн", State.FULFILMENT),
    ("виконан", State.FULFILLED),
    ("відповід", State.ANSWERED),
    ("звернен", State.APPEAL),
    ("не набра", State.FELL_SHORT),
    ("не підтрим", State.FELL_SHORT),  # portals say so of petitions that gathered too few signatures
    ("архів", State.FELL_SHORT),
    ("розгля", State.CONSIDERATION),
    ("збір", State.COLLECTING),
    ("збира", State.COLLECTING),
    ("набра", State.REACHED),
    ("переда", State.HANDED_OVER),
    ("відхил", State.REJECTED),
    ("відклик", State.WITHDRAWN),
)
"""The beginnings by which portals' own words for a state are known; the more exact stand first."""

_DATES: Final = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%Y.%m.%d", "%d-%m-%Y", "%Y/%m/%d")


@dataclass(frozen=True, kw_only=True)
class ForeignPetition:
    """A petition as another platform tells of it."""

    uid: str
    kind: str
    title: str
    url: str
    text: str
    creator: str
    state: State
    start: date | None
    count: int
    answered: date | None
    answer_url: str
    answer: str


def read_row(cells: Mapping[str, object]) -> ForeignPetition:
    """Read one row; what cannot be understood is refused with its reason, and only this row is lost."""
    title = _line(cells, "title", TITLE_LONGEST)
    uid = _line(cells, "uid", 100)
    if not title:
        raise Invalid("petition.row_without_title")
    if not uid:
        raise Invalid("petition.row_without_uid")
    answered = _date(cells, "answerDate")
    return ForeignPetition(
        uid=uid,
        kind=_line(cells, "kind", 80) or "Інше",
        title=title,
        url=_url(cells, "url"),
        text=_text(cells, "text"),
        creator=_line(cells, "creator", 200),
        state=_state(_line(cells, "status", 200), is_answered=answered is not None),
        start=_date(cells, "startDate"),
        count=_count(cells),
        answered=answered,
        answer_url=_url(cells, "answerUrl"),
        answer=_text(cells, "answerText"),
    )


def _line(cells: Mapping[str, object], name: str, longest: int) -> str:
    return tidy_line(_written(cells.get(name)))[:longest]


def _text(cells: Mapping[str, object], name: str) -> str:
    return tidy_paragraphs(_written(cells.get(name)))[:TEXT_LONGEST]


def _written(cell: object) -> str:
    """A text that was marked against being taken for a formula loses the mark again."""
    text = "" if cell is None else str(cell)
    return text[1:] if text[:1] == "'" and text[1:2] in {"=", "+", "-", "@"} else text


def _url(cells: Mapping[str, object], name: str) -> str:
    text = _line(cells, name, 500)
    return text if text.startswith(("https://", "http://")) else ""


def _date(cells: Mapping[str, object], name: str) -> date | None:
    cell = cells.get(name)
    if isinstance(cell, datetime):
        return cell.date()
    text = tidy_line(_written(cell))[:10]
    if not text:
        return None
    for form in _DATES:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day, not a moment
        except ValueError:
            continue
    raise Invalid("petition.row_bad_date", found=text)


def _count(cells: Mapping[str, object]) -> int:
    text = re.sub(r"[\s\u00a0\u202f']", "", _written(cells.get("count")))
    if not text:
        return 0
    match = re.fullmatch(r"(\d+)(?:[.,]0*)?", text)
    if match is None or len(match[1]) > len(str(MOST_SIGNATURES)) or int(match[1]) > MOST_SIGNATURES:
        raise Invalid("petition.row_bad_count", found=text[:30])
    return int(match[1])


def _state(words: str, *, is_answered: bool) -> State:
    plain = fold(words)
    exact = next((state for state in IN_PUBLIC if fold(STATES[state].label) == plain), None)
    if exact is not None:
        return exact
    known = next((state for beginning, state in _WORDS if beginning in plain), None)
    if is_answered and known in {State.FELL_SHORT, State.APPEAL}:
        return State.ANSWERED
    if known is None and not is_answered:
        raise Invalid("petition.row_bad_status", found=words[:60])
    return known or State.ANSWERED
