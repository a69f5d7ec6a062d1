"""A period's report as pictures: what happened, day by day, by organisation and by branch, and where."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from edem.services.reports.rules.lifecycle import STATES, State
from edem.services.reports.rules.period_map import Look, map_svg
from edem.services.reports.rules.period_told import Line, PeriodTold
from edem.services.reports.rules.periods import LABELS, ONE_DAY
from edem.ui.chart.chart import Bars, Chart, Trend
from edem.ui.words import number, short_day

LONGEST: Final = 10
"""Bars of a picture; the table beside it has them all."""
_DAY_BARS: Final = 7
_FINE: Final = 92
"""Beyond so many days the line goes by weeks."""
_ROAD: Final = ("received", "accepted", "closed", "solved", "confirmed", "reopened", "overdue")
_ON_PAGE: Final = {name: f"var(--{name})" for name in ("open", "accepted", "closed", "archive", "warning")}
_ON_PAPER: Final = {
    "open": "#b3261e",
    "accepted": "#1b7339",
    "closed": "#1d5bb5",
    "archive": "#62666e",
    "warning": "#8a5300",
}
_KILOMETRE: Final = 1_000


def pictures_of(told: PeriodTold) -> list[Chart]:
    pictures: list[Chart] = [road(told.whole)]
    if any(day.received for day in told.days) and len(told.days) > 1:
        pictures.append(by_day(told))
    for title, first, lines in (
        (_("Надійшло за організаціями"), _("Організація"), told.organisations),
        (_("Надійшло за напрямами"), _("Напрям"), told.branches),
    ):
        rows = tuple((each.name, each.now.received) for each in lines[:LONGEST] if each.now.received)
        if rows:
            pictures.append(Bars(title=title, unit=_("повідомлень"), rows=rows, first_column=first))
    return pictures


def road(whole: Line) -> Bars:
    row = whole.now.as_row()
    rows = tuple((_(LABELS[name]), row[name] or 0) for name in _ROAD)
    return Bars(title=_("Що сталося"), unit=_("повідомлень"), rows=rows, first_column=_("Показник"))


def by_day(told: PeriodTold) -> Chart:
    title, unit, days = _("Надійшло за днями"), _("повідомлень"), told.days
    if len(days) <= _DAY_BARS:
        rows = tuple((short_day(each.day), each.received) for each in days)
        return Bars(title=title, unit=unit, rows=rows, first_column=_("День"))
    if len(days) <= _FINE:
        points = tuple((each.day, each.received) for each in days)
        return Trend(title=title, unit=unit, points=points, first_column=_("День"))
    weeks: dict[date, float] = {}
    for each in days:
        monday = each.day - each.day.weekday() * ONE_DAY
        weeks[monday] = weeks.get(monday, 0) + each.received
    return Trend(
        title=_("Надійшло за тижнями"),
        unit=unit,
        points=tuple(weeks.items()),
        first_column=_("Тиждень від"),
    )


def small_map(told: PeriodTold, *, on_paper: bool) -> str:
    look = Look(
        tones=tones(_ON_PAPER if on_paper else _ON_PAGE),
        ink="#555b65" if on_paper else "var(--ink-2)",
        line="#e4e1da" if on_paper else "var(--line)",
        north=_("Пн"),
        font="Onest" if on_paper else "inherit",
        scale=scale_words,
    )
    return map_svg(told.dots, look=look, label=map_words(told))


def tones(colours: dict[str, str]) -> dict[str, str]:
    return {state.value: colours[look.tone] for state, look in STATES.items() if look.tone in colours}


def map_words(told: PeriodTold) -> str:
    count = len(told.dots)
    words = ngettext("Мапа: %(count)s місце, про яке повідомили", "Мапа: %(count)s місць, про які повідомили", count)
    return words % {"count": number(count)}


def legend(told: PeriodTold) -> Sequence[tuple[State, int]]:
    """The states on the map, with how many of each."""
    counts = {state: sum(dot.state == state for dot in told.dots) for state in STATES}
    return [(state, count) for state, count in counts.items() if count]


def scale_words(metres: int) -> str:
    return _("%(n)s км") % {"n": metres // _KILOMETRE} if metres >= _KILOMETRE else _("%(n)s м") % {"n": metres}
