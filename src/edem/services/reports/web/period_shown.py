"""A period's report as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from edem.services.reports.queries.period_papers import notes, period_words, signed, title_of
from edem.services.reports.queries.period_pictures import legend, pictures_of, small_map
from edem.services.reports.rules.lifecycle import STATES
from edem.services.reports.rules.period_told import Line, PeriodTold
from edem.services.reports.rules.periods import LABELS, Change, Verdict, changes, share
from edem.ui.table.table import Column
from edem.ui.words import number

COMPARED: Final = (
    "received",
    "accepted",
    "accepted_in_time",
    "closed",
    "confirmed",
    "reopened",
    "passed_on",
    "overdue",
    "days_to_accept",
    "days_to_close",
)
_VERDICTS: Final = {Verdict.BETTER: "▲", Verdict.WORSE: "▼", Verdict.SAME: "", Verdict.UNKNOWN: ""}


@dataclass(frozen=True, kw_only=True)
class Table:
    caption: str
    columns: Sequence[Column]
    lines: Sequence[Sequence[object]]


def page_of(told: PeriodTold) -> dict[str, object]:
    now = told.whole.now
    return {
        "title": title_of(told),
        "told": told,
        "whole": now,
        "before_words": period_words(told),
        "in_time": share(now.accepted_in_time, now.accepted),
        "comparison": comparison(told.whole),
        "pictures": pictures_of(told),
        "map": mark_safe(small_map(told, on_paper=False)),  # noqa: S308 - numbers and our own words
        "legend": [(STATES[state], count) for state, count in legend(told)],
        "tables": [table for table in tables_of(told) if table.lines],
        "notes": notes(),
        "is_running": told.counted_at < told.period.until,
    }


def comparison(whole: Line) -> Table:
    columns = (
        Column(label=_("Показник")),
        Column(label=_("Тепер"), is_number=True),
        Column(label=_("Раніше"), is_number=True),
        Column(label=_("Зміна"), is_number=True),
        Column(label=_("Оцінка")),
    )
    lines = [
        [_(LABELS[each.name]), number(each.now), number(each.before), signed(each.difference), verdict(each)]
        for each in changes(whole.now, whole.before)
    ]
    return Table(caption=_("Порівняно з попереднім періодом"), columns=columns, lines=lines)


def verdict(change: Change) -> str:
    words = {Verdict.BETTER: _("краще"), Verdict.WORSE: _("гірше"), Verdict.SAME: _("так само"), Verdict.UNKNOWN: "—"}
    return f"{_VERDICTS[change.verdict]} {words[change.verdict]}".strip()


def tables_of(told: PeriodTold) -> Sequence[Table]:
    parts = (
        (_("За організаціями"), _("Організація"), told.organisations),
        (_("За напрямами"), _("Напрям"), told.branches),
        (_("За категоріями"), _("Категорія"), told.categories),
    )
    return [table(caption, first, lines) for caption, first, lines in parts]


def table(caption: str, first_column: str, lines: Sequence[Line]) -> Table:
    columns = [Column(label=first_column), *(Column(label=_(LABELS[name]), is_number=True) for name in COMPARED)]
    rows = []
    for each in lines:
        row = each.now.as_row()
        rows.append([each.name, *(number(row[name]) for name in COMPARED)])
    return Table(caption=caption, columns=columns, lines=rows)
