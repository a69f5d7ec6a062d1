"""A period's report as papers: PDF with pictures on the community's letterhead, and a workbook."""

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any, Final

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from edem.foundation.communities.addresses import address_of_page
from edem.foundation.communities.models import Community
from edem.foundation.documents.rendering import render_pdf
from edem.services.reports.queries.period_pictures import legend, pictures_of, small_map
from edem.services.reports.rules.lifecycle import STATES
from edem.services.reports.rules.period_told import Line, PeriodTold
from edem.services.reports.rules.periods import LABELS, Figures, changes
from edem.ui.chart.paper import printed
from edem.ui.words import day, moment, number

WIDTH: Final = 560
IN_PDF: Final = ("received", "accepted_in_time", "closed", "confirmed", "reopened", "overdue", "days_to_close")
"""Columns of the tables that fit a sheet of paper; the workbook has all."""
Cell = str | float | date | None
_RISKY: Final = ("=", "+", "-", "@", "\t", "\r")


def title_of(told: PeriodTold) -> str:
    return _("Повідомлення про проблеми: %(first)s – %(last)s") % {
        "first": day(told.period.first),
        "last": day(told.period.last),
    }


def path_of(told: PeriodTold) -> str:
    """The page that counts the same days for anybody."""
    return f"/reports/periods/any/?first={told.period.first}&last={told.period.last}"


def pdf_of(told: PeriodTold, community: Community, *, now: datetime, path: str = "") -> bytes:
    drawn = [printed(picture, width=WIDTH, accent=community.accent) for picture in pictures_of(told)]
    facts = {
        "title": title_of(told),
        "rows": [[_("Станом на"), moment(told.counted_at)], [_("Порівняно з"), period_words(told)]],
        "figures": {"titles": [_("Показник"), _("Тепер"), _("Раніше"), _("Зміна")], "lines": compared(told)},
        "pictures": [
            {"svg": svg, "title": picture.title} for svg, picture in zip(drawn, pictures_of(told), strict=True)
        ],
        "map": small_map(told, on_paper=True),
        "map_title": _("Де це було"),
        "legend": "   ".join(f"{STATES[each].shape} {_(STATES[each].label)}: {count}" for each, count in legend(told)),
        "tables": [table for table in tables_of(told) if table["lines"]],
        "note": notes(),
    }
    link = address_of_page(community, path or path_of(told))
    return render_pdf("reports/period.typ", facts, community=community, now=now, link=link)


def period_words(told: PeriodTold) -> str:
    before = told.period.before()
    return f"{day(before.first)} – {day(before.last)}"


def compared(told: PeriodTold) -> list[list[str]]:
    return [
        [_(LABELS[each.name]), number(each.now), number(each.before), signed(each.difference)]
        for each in changes(told.whole.now, told.whole.before)
    ]


def signed(difference: float | None) -> str:
    if difference is None:
        return "—"
    return f"+{number(difference)}" if difference > 0 else number(difference)


def tables_of(told: PeriodTold) -> list[dict[str, Any]]:
    parts = ((_("За організаціями"), told.organisations), (_("За категоріями"), told.categories))
    titles = [_(LABELS[name]) for name in IN_PDF]
    return [{"caption": caption, "titles": ["", *titles], "lines": cells(lines)} for caption, lines in parts]


def cells(lines: Sequence[Line]) -> list[list[str]]:
    return [[each.name, *(number(each.now.as_row()[name]) for name in IN_PDF)] for each in lines]


def notes() -> str:
    return _(
        "Кожне число — про те, що сталося протягом цих днів. «Вчасно» — прийнято до кінця строку прийняття. "
        "«Прострочено» — не прийнято або не вирішено й не пояснено у строк на кінець періоду. "
        "Медіана: половина повідомлень пройшла цей шлях швидше. Вилучені модератором повідомлення не враховано."
    )


def workbook_of(told: PeriodTold) -> bytes:
    """One sheet for the whole, one for organisations, one for categories; a name is never a formula."""
    book = Workbook(write_only=True)
    whole = book.create_sheet(_("Разом"))
    whole.column_dimensions["A"].width = 46
    write(whole, [title_of(told)], bold=True)
    write(whole, [_("Станом на"), moment(told.counted_at)])
    write(whole, [_("Показник"), _("Тепер"), _("Раніше"), _("Зміна")], bold=True)
    for each in changes(told.whole.now, told.whole.before):
        write(whole, [_(LABELS[each.name]), each.now, each.before, each.difference])
    for title, lines in ((_("Організації"), told.organisations), (_("Категорії"), told.categories)):
        write_lines(book.create_sheet(title), lines)
    days = book.create_sheet(_("Дні"))
    write(days, [_("День"), _("Надійшло"), _("Закрито")], bold=True)
    for one in told.days:
        write(days, [one.day, one.received, one.closed])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def write_lines(sheet: Any, lines: Sequence[Line]) -> None:
    sheet.freeze_panes = "C2"
    sheet.column_dimensions["B"].width = 46
    names = [_(label) for label in LABELS.values()]
    before = [_("%(name)s, раніше") % {"name": name} for name in names]
    write(sheet, [_("Код"), _("Назва"), *names, *before], bold=True)
    for each in lines:
        write(sheet, [each.key, each.name, *row(each.now), *row(each.before)])


def row(figures: Figures) -> list[float | None]:
    return list(figures.as_row().values())


def write(sheet: Any, values: Sequence[Cell], *, bold: bool = False) -> None:
    sheet.append([cell(sheet, value, bold=bold) for value in values])


def cell(sheet: Any, value: Cell, *, bold: bool) -> Any:
    is_risky = isinstance(value, str) and value.startswith(_RISKY)
    if not bold and not is_risky:
        return value
    made = WriteOnlyCell(sheet, value=value)  # type: ignore[arg-type]  # a day is a value too
    if is_risky:
        made.data_type = "s"
        made.quotePrefix = True
    if bold:
        made.font = Font(bold=True)
    return made
