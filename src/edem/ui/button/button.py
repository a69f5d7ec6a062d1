"""The one thing to do on a screen, and the quieter things beside it."""

from django.utils.safestring import SafeString

from edem.ui.pieces import piece
from edem.ui.tones import ButtonTone


def button(
    label: str, *, tone: ButtonTone = "primary", name: str = "", value: str = "", icon: str = "", formaction: str = ""
) -> SafeString:
    """A button that sends the form it stands in. The label is a verb a person would say."""
    facts = {"label": label, "tone": tone, "name": name, "value": value, "icon": icon, "formaction": formaction}
    return piece("button/button", **facts)


def button_link(label: str, href: str, *, tone: ButtonTone = "primary", icon: str = "") -> SafeString:
    return piece("button/button_link", label=label, href=href, tone=tone, icon=icon)
