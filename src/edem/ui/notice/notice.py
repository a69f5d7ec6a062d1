"""A short word that must not be missed: what happened, what to beware of."""

from django.utils.safestring import SafeString

from edem.ui.pieces import piece
from edem.ui.tones import NoticeTone

ICONS: dict[NoticeTone, str] = {"info": "info", "success": "check", "warning": "warning", "danger": "warning"}


def notice(content: str, *, title: str = "", tone: NoticeTone = "info") -> SafeString:
    return piece("notice/notice", content=content, title=title, tone=tone, icon=ICONS[tone])


def notice_tone(level: str) -> NoticeTone:
    """The tone of a flash message by Django's name for its level."""
    tones: dict[str, NoticeTone] = {"success": "success", "warning": "warning", "error": "danger"}
    return tones.get(level, "info")
