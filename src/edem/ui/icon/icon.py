"""One hand-drawn set of icons, 24 × 24, strokes of 1.75. An icon never stands without a word."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

NAMES = (
    "menu", "close", "search", "person", "arrow", "back", "check", "plus", "petition", "budget", "report", "consult",
    "vote", "council", "calendar", "clock", "place", "document", "download", "mail", "bell", "share", "print", "lock",
    "warning", "info", "home", "people", "edit", "trash", "camera", "chart", "sun", "moon", "globe", "link",
)  # fmt: skip


def icon(name: str) -> SafeString:
    if name not in NAMES:
        raise ValueError(f"no icon named {name!r}; see edem.ui.icon.icon.NAMES")
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', static("ui/icons.svg"), name)
