"""A small map of points drawn by program: no base map, but true proportions, a scale and the north. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Final

from edem.services.reports.rules.lifecycle import State
from edem.services.reports.rules.period_told import Dot

WIDTH: Final = 640
HEIGHT: Final = 420
_MARGIN: Final = 28
_METRES_A_DEGREE: Final = 111_195
_LEAST_M: Final = 600
"""A single point is not shown as if it were the whole town."""
_SCALES: Final = (50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 500_000)
_LONGEST_SCALE: Final = 0.3

Mark = Callable[[float, float, str], str]


def _circle(x: float, y: float, colour: str) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{colour}"/>'


def _path(x: float, y: float, way: str, colour: str) -> str:
    return f'<path d="M{x:.1f} {y:.1f}{way}z" fill="{colour}"/>'


def _diamond(x: float, y: float, colour: str) -> str:
    return _path(x, y - 6, "l6 6l-6 6l-6-6", colour)


def _square(x: float, y: float, colour: str) -> str:
    return _path(x - 4.5, y - 4.5, "h9v9h-9", colour)


def _hollow(x: float, y: float, colour: str) -> str:
    return f'<path d="M{x - 4:.1f} {y - 4:.1f}h8v8h-8z" fill="none" stroke="{colour}" stroke-width="2"/>'


def _triangle(x: float, y: float, colour: str) -> str:
    return _path(x, y - 6, "l6 11h-12", colour)


MARKS: Final[Mapping[str, Mark]] = {
    State.OPEN: _circle,
    State.ACCEPTED: _diamond,
    State.CLOSED: _square,
    State.ARCHIVED: _hollow,
    State.REOPENED: _triangle,
}
"""The shapes of the states, as on every card: colour alone says nothing to some."""


@dataclass(frozen=True, kw_only=True)
class Look:
    """Colours by tone and the line's own: tokens on a page, real ones on paper."""

    tones: Mapping[str, str]
    ink: str
    line: str
    north: str
    font: str
    scale: Callable[[int], str]
    """How so many metres are written."""


def map_svg(dots: Sequence[Dot], *, look: Look, label: str) -> str:
    """Nothing where there is nothing to show."""
    if not dots:
        return ""
    place = _projection(dots)
    marks = "".join(MARKS[dot.state](*place.of(dot), look.tones[dot.state]) for dot in reversed(dots))
    frame = f'<path d="M.5 .5h{WIDTH - 1}v{HEIGHT - 1}h-{WIDTH - 1}z" fill="none" stroke="{look.line}"/>'
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}"'  # as wide as its place: a page or a sheet
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="{label}">'
        f"{frame}{marks}{_scale_bar(place.pixels_a_metre, look)}{_north(look)}</svg>"
    )


@dataclass(frozen=True, kw_only=True)
class _Projection:
    west: float
    north: float
    narrowing: float
    pixels_a_metre: float
    left: float
    top: float

    def of(self, dot: Dot) -> tuple[float, float]:
        metres = _METRES_A_DEGREE * self.pixels_a_metre
        return (
            self.left + (dot.lon - self.west) * self.narrowing * metres,
            self.top + (self.north - dot.lat) * metres,
        )


def _projection(dots: Sequence[Dot]) -> _Projection:
    """Both axes to one scale, the points in the middle."""
    lats, lons = [dot.lat for dot in dots], [dot.lon for dot in dots]
    narrowing = max(0.01, cos(radians((min(lats) + max(lats)) / 2)))
    wide = max(_LEAST_M, (max(lons) - min(lons)) * narrowing * _METRES_A_DEGREE)
    tall = max(_LEAST_M, (max(lats) - min(lats)) * _METRES_A_DEGREE)
    pixels = min((WIDTH - 2 * _MARGIN) / wide, (HEIGHT - 2 * _MARGIN) / tall)
    real_wide = (max(lons) - min(lons)) * narrowing * _METRES_A_DEGREE * pixels
    real_tall = (max(lats) - min(lats)) * _METRES_A_DEGREE * pixels
    return _Projection(
        west=min(lons),
        north=max(lats),
        narrowing=narrowing,
        pixels_a_metre=pixels,
        left=(WIDTH - real_wide) / 2,
        top=(HEIGHT - real_tall) / 2,
    )


def _scale_bar(pixels_a_metre: float, look: Look) -> str:
    fitting = [metres for metres in _SCALES if metres * pixels_a_metre <= WIDTH * _LONGEST_SCALE]
    metres = fitting[-1] if fitting else _SCALES[0]
    long, y = metres * pixels_a_metre, HEIGHT - 14
    bar = f'<path d="M12 {y - 5}v5h{long:.1f}v-5" fill="none" stroke="{look.ink}" stroke-width="1.5"/>'
    return f"{bar}{_words(18, y - 6, look.scale(metres), look)}"


def _north(look: Look) -> str:
    x = WIDTH - 22
    arrow = f'<path d="M{x} 12l5 14l-5-4l-5 4z" fill="{look.ink}"/>'
    return f"{arrow}{_words(x, 40, look.north, look, anchor='middle')}"


def _words(x: float, y: float, words: str, look: Look, *, anchor: str = "start") -> str:
    look_of = f'font-family="{look.font}" font-size="12" text-anchor="{anchor}" fill="{look.ink}"'
    return f'<text x="{x}" y="{y}" {look_of}>{words}</text>'
