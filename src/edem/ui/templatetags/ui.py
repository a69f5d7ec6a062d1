"""The design system's tags and filters, always loaded (settings: builtins). See docs/ui.md for the table."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from edem.ui import csp, words
from edem.ui.button.button import button, button_link
from edem.ui.error_summary.error_summary import error_summary
from edem.ui.form.form import form, widget_kind
from edem.ui.icon.icon import icon
from edem.ui.notice.notice import notice, notice_tone
from edem.ui.ornament import band, emblem
from edem.ui.pagination.pagination import pagination
from edem.ui.panel.panel import panel
from edem.ui.progress.progress import meter, progress
from edem.ui.rows.rows import card, row, rows
from edem.ui.state.state import state, tag
from edem.ui.table.table import data_table, table
from edem.ui.timeline.timeline import timeline

register = template.Library()

for simple in (button, button_link, icon, state, tag, meter, timeline, data_table, error_summary):
    register.simple_tag(simple)
for block in (notice, progress, panel, rows, row, card, table):
    register.simple_block_tag(block)
register.simple_tag(pagination, takes_context=True)
register.simple_block_tag(form, takes_context=True)

for shown in (
    words.number,
    words.hryvnias,
    words.day,
    words.short_day,
    words.moment,
    words.clock,
    widget_kind,
    notice_tone,
):
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
