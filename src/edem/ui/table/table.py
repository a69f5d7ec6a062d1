"""Figures in rows. On a phone a few columns scroll inside their frame; many, and lists of cases, stack row by row."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString

from edem.ui.pieces import piece

_HEADER = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
_LINE_OR_CELL = re.compile(r"<(tr|td|th)\b")

MOST_ON_A_PHONE = 4
"""Columns whose figures can still be compared on 360 px; more of them lie far beyond the screen's edge."""


@dataclass(frozen=True, kw_only=True)
class Column:
    label: str
    is_number: bool = False


def table(content: str, *, caption: str, stacks: bool = False) -> SafeString:
    """The frame and the caption; the content is your own <thead> and <tbody>, numbers marked <td data-number>."""
    shown = SafeString(named_cells(content)) if stacks else content
    return piece("table/table", content=shown, caption=caption, stacks=stacks)


def data_table(columns: Sequence[Column], *, lines: Sequence[Sequence[object]], caption: str) -> SafeString:
    """The first cell of a line names it. Numbers are written the Ukrainian way and stand right."""
    body = [list(zip(columns, line, strict=True)) for line in lines]
    return piece("table/data_table", columns=columns, body=body, caption=caption, stacks=len(columns) > MOST_ON_A_PHONE)


def named_cells(content: str) -> str:
    """Every cell under its column's words: a stacked row has no head above it."""
    head, end_of_head, body = content.partition("</thead>")
    labels = [escape(unescape(strip_tags(words)).strip()) for words in _HEADER.findall(head)]
    places: Iterator[str] = iter(())

    def named(opening: re.Match[str]) -> str:
        nonlocal places
        if opening[1] == "tr":
            places = iter(labels)
            return opening[0]
        return f'{opening[0]} data-label="{next(places, "")}"'

    return head + end_of_head + _LINE_OR_CELL.sub(named, body)
