"""The figures by which a community's petitions may be judged, and the period they are counted for. Pure."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Self

from edem.kernel.deadlines import starts_of_day
from edem.kernel.ukrainian import N_


class Slice(StrEnum):
    ALL = "all"
    YEAR = "year"
    BODY = "body"
    CATEGORY = "category"


@dataclass(frozen=True, kw_only=True)
class Period:
    """From the first day of one year to the last day of another, in Kyiv."""

    first: int
    last: int

    @property
    def since(self) -> datetime:
        return starts_of_day(date(self.first, 1, 1))

    @property
    def until(self) -> datetime:
        return starts_of_day(date(self.last + 1, 1, 1))


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Petitions that were submitted in the period, and what became of them by today."""

    started: int
    published: int
    reached: int
    answered: int
    answered_in_time: int
    answered_late: int
    overdue: int
    """The term has run out and there is no answer."""
    supported: int
    partly: int
    declined: int
    in_fulfilment: int
    fulfilled: int
    not_fulfilled: int
    signatures: int
    days_to_reach: float | None
    days_to_answer: float | None
    days_to_fulfil: float | None

    @classmethod
    def from_row(cls, row: Sequence[float | None]) -> Self:
        """The figures in the order in which they are declared; medians to a tenth of a day."""
        named = {field.name: value for field, value in zip(fields(cls), row, strict=True)}
        return cls(**{name: tenths(value) if name.startswith("days_") else value for name, value in named.items()})  # type: ignore[arg-type]

    @classmethod
    def nothing(cls) -> Self:
        names = [field.name for field in fields(cls)]
        return cls(**{name: None if name.startswith("days_") else 0 for name in names})  # type: ignore[arg-type]

    def as_row(self) -> dict[str, int | float | None]:
        return asdict(self)


def tenths(value: float | None) -> float | None:
    return None if value is None else round(float(value), 1)


LABELS = {
    "started": N_("Подано"),
    "published": N_("Оприлюднено"),
    "reached": N_("Набрали підписи"),
    "answered": N_("З відповіддю"),
    "answered_in_time": N_("Відповіли вчасно"),
    "answered_late": N_("Відповіли із запізненням"),
    "overdue": N_("Без відповіді, строк минув"),
    "supported": N_("Підтримано"),
    "partly": N_("Підтримано частково"),
    "declined": N_("Не підтримано"),
    "in_fulfilment": N_("На виконанні"),
    "fulfilled": N_("Виконано"),
    "not_fulfilled": N_("Не виконано"),
    "signatures": N_("Підписів"),
    "days_to_reach": N_("Днів, за які зібрано підписи (медіана)"),
    "days_to_answer": N_("Днів від зібраних підписів до відповіді (медіана)"),
    "days_to_fulfil": N_("Днів від відповіді до виконання (медіана)"),
}
"""What each figure is called; the order of the columns."""

COLUMNS = ("slice", "name", *LABELS)
"""Of the open data: which slice the line is of, its name, then the figures."""
