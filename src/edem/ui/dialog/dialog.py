"""A native dialog opened by its own button, without JavaScript; Escape and «Закрити» close it."""

from django.utils.safestring import SafeString

from edem.ui.pieces import piece
from edem.ui.tones import ButtonTone


def dialog(content: str, *, name: str, title: str, opener: str, tone: ButtonTone = "quiet") -> SafeString:
    """`name` is unique on the page; `opener` is the button's verb."""
    return piece("dialog/dialog", content=content, name=name, title=title, opener=opener, tone=tone)
