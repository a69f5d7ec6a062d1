"""Views of one list, as links: each has its own address and works without JavaScript."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from edem.ui.pieces import piece


@dataclass(frozen=True, kw_only=True)
class Tab:
    label: str
    url: str
    current: bool = False
    count: int | None = None


def tabs(items: Sequence[Tab], *, label: str) -> SafeString:
    return piece("tabs/tabs", items=items, label=label)
