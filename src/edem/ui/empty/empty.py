"""An empty list that teaches: what will be here, and what one can do now. The community's emblem keeps it company."""

from django.utils.safestring import SafeString

from edem.ui.ornament import emblem
from edem.ui.pieces import piece


def empty(content: str, *, title: str, code: str = "") -> SafeString:
    """`code` is the community's KATOTTG code (frame.ornament_code)."""
    picture = SafeString(emblem(code, size=88)) if code else ""
    return piece("empty/empty", content=content, title=title, picture=picture)
