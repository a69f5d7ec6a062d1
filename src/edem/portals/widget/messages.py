"""Refusal code → what the reader sees."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "widget.no_such_panel": _("Такого віджета немає. Візьміть код на сторінці «Віджет для сайту»."),
}
