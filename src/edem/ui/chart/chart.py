"""A picture of figures, with their table behind it. Drawn on the server by Vega-Lite, coloured by our tokens."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

import vl_convert
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from edem.ui.chart.specs import TOKENS, bars_spec, trend_spec
from edem.ui.pieces import piece
from edem.ui.table.table import Column, data_table
from edem.ui.words import day, number

Locale = Literal["uk-UA", "en-US"]

WIDTHS = {"narrow": 328, "wide": 660}
_NOT_OURS = re.compile(r' (?:font-family|class|xmlns:xlink|version|pointer-events|aria-[a-z]+|role)="[^"]*"')
_BACKGROUND = re.compile(r'<rect [^>]*fill="white"[^>]*/>')
_SIZE = re.compile(r'<svg ([^>]*?)width="[\d.]+" height="[\d.]+" ')


@dataclass(frozen=True, kw_only=True)
class Bars:
    """Amounts side by side. `highlight` names the row the sentence is about; the rest stay grey."""

    title: str
    unit: str
    rows: tuple[tuple[str, float], ...]
    highlight: str = ""
    first_column: str = ""
    source: str = ""
    as_of: date | None = None


@dataclass(frozen=True, kw_only=True)
class Trend:
    """One amount over time; `goal` is a line to reach."""

    title: str
    unit: str
    points: tuple[tuple[date, float], ...]
    goal: float | None = None
    first_column: str = ""
    source: str = ""
    as_of: date | None = None


Chart = Bars | Trend


def chart(picture: Chart) -> SafeString:
    language = get_language() or "uk"
    drawings = {size: mark_safe(drawn(picture, width, language)) for size, width in WIDTHS.items()}  # noqa: S308 - made by Vega from escaped words
    return piece("chart/chart", picture=picture, drawings=drawings, table=_table(picture))


@lru_cache(maxsize=512)
def drawn(picture: Chart, width: int, language: str) -> str:
    """SVG without colours, fonts or styles of its own: it follows the page's theme."""
    spec = spec_of(picture, width)
    locale: Locale = "uk-UA" if language.startswith("uk") else "en-US"
    svg = vl_convert.vegalite_to_svg(dict(spec), format_locale=locale, time_format_locale=locale)
    return _in_tokens(svg)


def spec_of(picture: Chart, width: int) -> Mapping[str, object]:
    return _bars(picture, width) if isinstance(picture, Bars) else _trend(picture, width)


def _bars(picture: Bars, width: int) -> Mapping[str, object]:
    rows = [
        {"label": label, "value": float(value), "words": number(value), "main": picture.highlight in {"", label}}
        for label, value in picture.rows
    ]
    return bars_spec(rows, width=width)


def _trend(picture: Trend, width: int) -> Mapping[str, object]:
    points = [{"at": at.isoformat(), "value": float(value), "words": number(value)} for at, value in picture.points]
    goal = {"value": picture.goal, "words": number(picture.goal)} if picture.goal is not None else None
    return trend_spec(points, goal=goal, width=width)


def _in_tokens(svg: str) -> str:
    bare = _BACKGROUND.sub("", _NOT_OURS.sub("", svg), count=1)
    for colour, token in TOKENS.items():
        bare = bare.replace(f'"{colour}"', f'"var({token})"')
    return _SIZE.sub(r'<svg aria-hidden="true" \1', bare, count=1)


def _table(picture: Chart) -> SafeString:
    columns = (Column(label=picture.first_column), Column(label=picture.unit, is_number=True))
    if isinstance(picture, Bars):
        return data_table(columns, lines=picture.rows, caption=picture.title)
    return data_table(columns, lines=[(day(at), value) for at, value in picture.points], caption=picture.title)
