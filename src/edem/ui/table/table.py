"""Figures in rows. On a phone the table scrolls inside its own frame, never the page."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from edem.ui.pieces import piece


@dataclass(frozen=True, kw_only=True)
class Column:
    label: str
    is_number: bool = False


def table(content: str, *, caption: str) -> SafeString:
    """The frame and the caption; the content is your own <thead> and <tbody>, numbers marked <td data-number>."""
    return piece("table/table", content=content, caption=caption)


def data_table(columns: Sequence[Column], *, lines: Sequence[Sequence[object]], caption: str) -> SafeString:
    """The first cell of a line names it. Numbers are written the Ukrainian way and stand right."""
    body = [list(zip(columns, line, strict=True)) for line in lines]
    return piece("table/data_table", columns=columns, body=body, caption=caption)
