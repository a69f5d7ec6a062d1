"""The same pictures of figures for documents: real colours, because paper has no tokens."""

from typing import Final

import vl_convert

from edem.ui.chart.chart import Chart, spec_of
from edem.ui.chart.specs import ACCENT, GREY, INK, LINE, QUIET

_PRINTED: Final = {GREY: "#85847f", INK: "#14181f", QUIET: "#555b65", LINE: "#e4e1da"}
_FONT: Final = "Onest"


def printed(picture: Chart, *, width: int, accent: str) -> str:
    """SVG on white with the community's colour, in the fonts of our documents."""
    svg = vl_convert.vegalite_to_svg(
        dict(spec_of(picture, width)), format_locale="uk-UA", time_format_locale="uk-UA"
    ).replace('"sans-serif"', f'"{_FONT}"')
    for colour, real in {ACCENT: accent, **_PRINTED}.items():
        svg = svg.replace(f'"{colour}"', f'"{real}"')
    return svg
