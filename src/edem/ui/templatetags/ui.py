"""The design system's tags and filters, always loaded (settings: builtins). See docs/ui.md for the table."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from edem.ui import csp, words
from edem.ui.answers.answers import answers
from edem.ui.around import footer, masthead, page_head
from edem.ui.breadcrumbs.breadcrumbs import breadcrumbs, crumb
from edem.ui.button.button import button, button_link
from edem.ui.chart.chart import chart
from edem.ui.confirmation.confirmation import confirmation
from edem.ui.countdown.countdown import countdown
from edem.ui.dialog.dialog import dialog
from edem.ui.doors.doors import door, doors
from edem.ui.empty.empty import empty
from edem.ui.error_summary.error_summary import error_summary
from edem.ui.filters.filters import filters
from edem.ui.form.form import form, widget_kind
from edem.ui.icon.icon import icon
from edem.ui.language_switch.language_switch import language_switch
from edem.ui.notice.notice import notice, notice_tone
from edem.ui.ornament import band, emblem
from edem.ui.pagination.pagination import pagination
from edem.ui.panel.panel import panel
from edem.ui.person.person import person
from edem.ui.progress.progress import meter, progress
from edem.ui.prose import paragraphs
from edem.ui.rows.rows import card, row, rows
from edem.ui.search_box.search_box import search_box
from edem.ui.state.state import state, tag
from edem.ui.table.table import data_table, table
from edem.ui.tabs.tabs import tabs
from edem.ui.tasks.tasks import tasks
from edem.ui.timeline.timeline import timeline

register = template.Library()

SIMPLE = (
    *(
        button,
        button_link,
        icon,
        state,
        tag,
        meter,
        timeline,
        data_table,
        error_summary,
        door,
        tabs,
        breadcrumbs,
        crumb,
    ),
    *(countdown, person, answers, tasks, search_box, language_switch, chart),
    *(page_head, masthead),
)
BLOCKS = (notice, progress, panel, rows, row, card, table, doors, dialog, empty, confirmation, filters)
FILTERS = (
    words.number,
    words.hryvnias,
    words.day,
    words.short_day,
    words.moment,
    words.clock,
    words.last_day,
    paragraphs,
    widget_kind,
    notice_tone,
)

for simple in SIMPLE:
    register.simple_tag(simple)
for block in BLOCKS:
    register.simple_block_tag(block)
register.simple_tag(pagination, takes_context=True)
register.simple_tag(footer, takes_context=True)
register.simple_block_tag(form, takes_context=True)

for shown in FILTERS:
    register.filter(shown.__name__, shown)


@register.simple_tag
def ornament_band(code: str) -> SafeString:
    return mark_safe(band(code))  # noqa: S308 - our own drawing; the code only seeds it


@register.simple_tag
def ornament_emblem(code: str) -> SafeString:
    return mark_safe(emblem(code))  # noqa: S308 - our own drawing; the code only seeds it


@register.simple_tag
def import_map() -> SafeString:
    return mark_safe(f'<script type="importmap">{csp.import_map()}</script>')  # noqa: S308 - addresses of our own files
