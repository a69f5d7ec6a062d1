"""The way back up: where this page lies."""

from collections.abc import Sequence

from django.utils.safestring import SafeString

from edem.ui.pieces import piece


def breadcrumbs(trail: Sequence[tuple[str, str]]) -> SafeString:
    """(label, address) from the home down, without the page itself: its heading says that."""
    return piece("breadcrumbs/breadcrumbs", trail=trail)


def crumb(label: str, href: str) -> SafeString:
    """A trail of one, the usual case: back to the list."""
    return breadcrumbs([(label, href)])
