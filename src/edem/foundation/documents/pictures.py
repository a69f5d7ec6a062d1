"""Pictures drawn for paper: the community's ornament as a band, an address as a QR code."""

from functools import lru_cache
from io import BytesIO

import segno

from edem.ui.ornament import cloth, design
from edem.ui.ornament_motifs import MAINS

_HALF_BAND = 130
_SECOND_THREAD = "#8a919e"


@lru_cache(maxsize=512)
def ornament_band(code: str, accent: str) -> str:
    """A band as wide as the page, symmetrical around its middle; plain squares, for every printer can draw them."""
    rows = cloth(code)
    period, axis = len(rows[0]), len(MAINS[design(code).main][0]) - 1
    half = _HALF_BAND // period * period + period // 2
    threads = {"x": accent, "o": _SECOND_THREAD}
    stitches = (
        f'<path d="M{x} {y}h.86v.86h-.86z" fill="{threads[mark]}"/>'
        for y, row in enumerate(rows)
        for x in range(2 * half + 1)
        if (mark := row[(x - half + axis) % period]) in threads
    )
    size = f'width="{2 * half + 1}" height="{len(rows)}" viewBox="0 0 {2 * half + 1} {len(rows)}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(stitches)}</svg>'


def qr_code(address: str) -> str:
    drawn = BytesIO()
    segno.make(address, micro=False, error="m").save(drawn, kind="svg", border=2, dark="#14181f", light="#ffffff")
    return drawn.getvalue().decode()
