"""The figures of statistics as pictures and tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from edem.services.petitions.queries.statistics import Statistics
from edem.services.petitions.rules.statistics import LABELS, Figures
from edem.ui.chart.chart import Bars
from edem.ui.table.table import Column

LONGEST_PICTURE: Final = 12
"""Rows of a picture; its table has them all."""

ROAD: Final = ("started", "published", "reached", "answered")
COMPARED: Final = (
    "started",
    "reached",
    "answered_in_time",
    "answered_late",
    "overdue",
    "supported",
    "partly",
    "fulfilled",
    "days_to_answer",
)


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A table that sets years, bodies or topics side by side."""

    caption: str
    columns: Sequence[Column]
    lines: Sequence[Sequence[object]]


def charts_of(found: Statistics) -> Sequence[Bars]:
    pictures = [road_of(found.whole), decisions_of(found.whole), days_of(found.whole)]
    if len(found.by_year) > 1:
        pictures.append(side_by_side(_("Подано петицій за роками"), _("Рік"), found.by_year))
    if found.by_body:
        pictures.append(side_by_side(_("Петиції за відповідальними"), _("Орган"), found.by_body))
    if found.by_category:
        pictures.append(side_by_side(_("Петиції за темами"), _("Тема"), found.by_category))
    return [each for each in pictures if any(value for _label, value in each.rows)]


def road_of(whole: Figures) -> Bars:
    return amounts(_("Від подання до відповіді"), whole, {name: LABELS[name] for name in ROAD})


def decisions_of(whole: Figures) -> Bars:
    named = ("supported", "partly", "declined", "in_fulfilment", "fulfilled", "not_fulfilled")
    return amounts(_("Що вирішили й що виконали"), whole, {name: LABELS[name] for name in named})


def amounts(title: str, whole: Figures, labels: Mapping[str, str]) -> Bars:
    row = whole.as_row()
    return Bars(
        title=title,
        unit=_("петицій"),
        rows=tuple((_(label), row[name] or 0) for name, label in labels.items()),
        first_column=_("Крок"),
    )


def days_of(whole: Figures) -> Bars:
    told = (
        (_("Набрати підписи"), whole.days_to_reach),
        (_("Дати відповідь"), whole.days_to_answer),
        (_("Виконати"), whole.days_to_fulfil),
    )
    rows = tuple((label, days) for label, days in told if days is not None)
    return Bars(title=_("Скільки це триває (медіана)"), unit=_("днів"), rows=rows, first_column=_("Крок"))


def side_by_side(title: str, first_column: str, rows: Sequence[tuple[str, Figures]]) -> Bars:
    shown = tuple((_(name), figures.started) for name, figures in rows[:LONGEST_PICTURE])
    return Bars(title=title, unit=_("петицій"), rows=shown, first_column=first_column)


def tables_of(found: Statistics) -> Sequence[Compared]:
    told = (
        (_("За роками"), _("Рік"), found.by_year),
        (_("За відповідальними"), _("Орган"), found.by_body),
        (_("За темами"), _("Тема"), found.by_category),
    )
    return [compared(caption, first, rows) for caption, first, rows in told if rows]


def compared(caption: str, first_column: str, rows: Sequence[tuple[str, Figures]]) -> Compared:
    columns = [Column(label=first_column), *(Column(label=_(LABELS[name]), is_number=True) for name in COMPARED)]
    lines = []
    for name, figures in rows:
        row = figures.as_row()
        lines.append([_(name), *(row[column] for column in COMPARED)])
    return Compared(caption=caption, columns=columns, lines=lines)
