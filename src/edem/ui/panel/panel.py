"""The raised panel beside the story: the number, what is left, the one thing to do."""

from django.utils.safestring import SafeString

from edem.ui.pieces import piece


def panel(content: str, *, label: str) -> SafeString:
    """An <aside>, for the page's block `aside`; the label names it for those who listen."""
    return piece("panel/panel", content=content, label=label)
