"""What an import would bring: each line either becomes a report or is named with its reason."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from edem.kernel.errors import Invalid, Refused
from edem.kernel.geo.points import Point
from edem.kernel.ukrainian import N_, fold
from edem.services.reports.rules.importing.cells import category_of, is_closed, moment_in, place_in
from edem.services.reports.rules.importing.fields import Field, Settled, check_settled
from edem.services.reports.rules.importing.sheets import Fault, Line, Sheet

TITLE_LONGEST: Final = 150
TEXT_LONGEST: Final = 5_000
ADDRESS_LONGEST: Final = 300
ID_LONGEST: Final = 100
CLOSED_THERE: Final = N_("Закрито там, звідки перенесено повідомлення.")


@dataclass(frozen=True, kw_only=True)
class Carried:
    """One report as it came; who wrote it stays behind."""

    line: int
    key: str
    """Their number of it; without one, a hash of what it says and where."""
    title: str
    text: str
    category: str
    point: Point | None
    address: str
    is_closed: bool
    made_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What a community knows for the check of lines."""

    categories: Mapping[str, str]
    """Folded title or code → code."""
    holds: Callable[[Point], bool] | None
    """Whether a point lies in the community; None: nobody has drawn its border."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    read: int
    reports: Sequence[Carried]
    faults: Sequence[Fault]


def planned(sheet: Sheet, settled: Settled, ground: Ground, *, now: datetime) -> Plan:
    check_settled(settled, sheet.columns)
    words = {**ground.categories, **{fold(word).strip(): code for word, code in settled.categories.items()}}
    reports: dict[str, Carried] = {}
    faults = list(sheet.faults)
    for line in sheet.lines:
        try:
            carried = _carried(line, settled, words, now=now)
            _check_place(carried, ground)
            if carried.key in reports:
                raise Invalid("report_import.twice", first=reports[carried.key].line)
        except Refused as refusal:
            faults.append(Fault(line=line.number, refusal=refusal))
        else:
            reports[carried.key] = carried
    return Plan(
        read=len(sheet.lines) + len(sheet.faults),
        reports=list(reports.values()),
        faults=sorted(faults, key=lambda fault: fault.line),
    )


def _carried(line: Line, settled: Settled, words: Mapping[str, str], *, now: datetime) -> Carried:
    def cell(field: Field) -> str:
        return line.cells.get(settled.columns.get(field, ""), "").strip()

    made = moment_in(cell(Field.MADE), settled.day_order, now=now)
    closed = moment_in(cell(Field.CLOSED), settled.day_order, now=now)
    made_at = made or closed
    if made_at is None:
        raise Invalid("report_import.no_date")
    if closed and closed < made_at:
        raise Invalid("report_import.closed_before_made")
    said = is_closed(cell(Field.STATUS))
    ended = said if said is not None else bool(closed) or settled.is_closed
    title, text = _words(cell(Field.TITLE) or settled.title, cell(Field.TEXT))
    return Carried(
        line=line.number,
        key=_key(cell(Field.ID), line),
        title=title,
        text=text,
        category=category_of(cell(Field.CATEGORY), words, default=settled.category),
        point=place_in(cell(Field.LAT), cell(Field.LON)),
        address=" ".join(cell(Field.ADDRESS).split())[:ADDRESS_LONGEST],
        is_closed=ended,
        made_at=made_at,
        closed_at=(closed or made_at) if ended else None,
    )


def _check_place(carried: Carried, ground: Ground) -> None:
    if carried.point is None:
        if not carried.address:
            raise Invalid("report_import.nowhere")
        return
    if ground.holds is None or ground.holds(carried.point):
        return
    turned = _turned(carried.point)
    if turned is not None and ground.holds(turned):
        raise Invalid("report_import.swapped", lat=carried.point.lat, lon=carried.point.lon)
    raise Invalid("report_import.outside", lat=carried.point.lat, lon=carried.point.lon)


def _turned(point: Point) -> Point | None:
    return Point(lat=point.lon, lon=point.lat) if abs(point.lon) <= 90 else None  # noqa: PLR2004 - no latitude is greater


def _words(title: str, text: str) -> tuple[str, str]:
    """A title too long for a title is cut there and whole in the text: nothing of it is lost."""
    line = " ".join(title.split()) or " ".join(text.split())
    if not line:
        raise Invalid("report_import.no_text")
    if len(text) > TEXT_LONGEST or len(line) > TEXT_LONGEST:
        raise Invalid("report_import.text_too_long", longest=TEXT_LONGEST)
    if len(line) <= TITLE_LONGEST:
        return line, text
    whole = text if line in " ".join(text.split()) else f"{line}\n\n{text}".strip()
    return f"{line[: TITLE_LONGEST - 1].rstrip()}…", whole[:TEXT_LONGEST]


def _key(own: str, line: Line) -> str:
    if len(own) > ID_LONGEST:
        raise Invalid("report_import.long_id", longest=ID_LONGEST)
    if own:
        return own
    told = "\x1f".join(f"{name}={value}" for name, value in sorted(line.cells.items()) if value)
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:32]
