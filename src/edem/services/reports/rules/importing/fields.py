"""Which column of a file is which of our fields: guessed from its name, settled by a person."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from edem.kernel.errors import Invalid
from edem.kernel.ukrainian import N_, fold


class Field(StrEnum):
    """There is no field for who wrote it: names and addresses of people stay in the file."""

    ID = "id"
    TITLE = "title"
    TEXT = "text"
    CATEGORY = "category"
    LAT = "lat"
    LON = "lon"
    ADDRESS = "address"
    STATUS = "status"
    MADE = "made"
    CLOSED = "closed"


LABELS: Final = {
    Field.ID: N_("Номер у джерелі"),
    Field.TITLE: N_("Назва"),
    Field.TEXT: N_("Опис"),
    Field.CATEGORY: N_("Категорія"),
    Field.LAT: N_("Широта"),
    Field.LON: N_("Довгота"),
    Field.ADDRESS: N_("Адреса"),
    Field.STATUS: N_("Стан"),
    Field.MADE: N_("Коли надіслано"),
    Field.CLOSED: N_("Коли закрито"),
}

_NAMES: Final[Mapping[Field, Sequence[str]]] = {
    Field.ID: ("id", "service_request_id", "uid", "guid", "номер", "№", "ід", "ідентифікатор", "objectid", "case id"),
    Field.TITLE: ("title", "summary", "назва", "тема", "subject", "service_name"),
    Field.TEXT: ("text", "description", "опис", "текст", "зміст", "повідомлення", "comment", "details"),
    Field.CATEGORY: ("category", "service_code", "категорія", "вид", "type", "тип", "напрям", "request type"),
    Field.LAT: ("geometry.lat", "lat", "latitude", "широта", "y", "point_y"),
    Field.LON: ("geometry.lon", "lon", "lng", "long", "longitude", "довгота", "x", "point_x"),
    Field.ADDRESS: ("address", "location", "адреса", "address_string", "місце", "street address"),
    Field.STATUS: ("status", "state", "стан", "статус"),
    Field.MADE: ("created_at", "requested_datetime", "created", "submitted", "дата", "date", "opened", "дата створення",
                 "дата надсилання", "дата подання", "надіслано", "дата і час"),
    Field.CLOSED: ("closed_at", "closed", "дата закриття", "закрито", "timefilled", "resolved", "completed",
                   "дата виконання"),
}  # fmt: skip


SOURCE_LONGEST: Final = 40


class DayOrder(StrEnum):
    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


@dataclass(frozen=True, kw_only=True)
class Settled:
    """How one file is read; kept with the import, so that the next file of the same office needs no settling."""

    columns: Mapping[Field, str]
    title: str = ""
    """For lines that have none."""
    category: str = ""
    """Code, for lines whose category is not said or not known."""
    categories: Mapping[str, str] = field(default_factory=dict)
    """Their word → our code."""
    is_closed: bool = False
    """For lines whose state is not said."""
    day_order: DayOrder = DayOrder.DAY_FIRST


def check_source(source: str) -> None:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", source, re.ASCII) or len(source) > SOURCE_LONGEST:
        raise Invalid("report_import.no_such_source", field="source")


def guessed(columns: Sequence[str]) -> Mapping[Field, str]:
    """A column serves one field, the best name first; an address in full is better than a street alone."""
    plain = {_plain(column): column for column in reversed(columns)}
    found: dict[Field, str] = {}
    for wanted, names in _NAMES.items():
        column = next((plain[_plain(name)] for name in names if _plain(name) in plain), None)
        if column is not None and column not in found.values():
            found[wanted] = column
    return found


def check_settled(settled: Settled, columns: Sequence[str]) -> None:
    absent = [column for column in settled.columns.values() if column not in columns]
    if absent:
        raise Invalid("report_import.no_such_column", column=absent[0][:80])
    if (Field.LAT in settled.columns) is not (Field.LON in settled.columns):
        raise Invalid("report_import.half_a_place")
    if Field.LAT not in settled.columns and Field.ADDRESS not in settled.columns:
        raise Invalid("report_import.no_place_columns")
    if Field.CATEGORY not in settled.columns and not settled.category:
        raise Invalid("report_import.no_category")
    if not ({Field.TITLE, Field.TEXT} & settled.columns.keys() or settled.title):
        raise Invalid("report_import.no_words")


def _plain(name: str) -> str:
    return re.sub(r"[\s_\-]+", " ", fold(name)).strip()
