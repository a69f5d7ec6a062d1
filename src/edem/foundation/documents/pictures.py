"""Pictures drawn for paper: the community's ornament as a band, an address as a QR code."""

from functools import lru_cache
from io import BytesIO

import segno

from edem.ui.ornament import cloth

_BAND_STITCHES = 240
_SECOND_THREAD = "#8a919e"


@lru_cache(maxsize=512)
def ornament_band(code: str, accent: str) -> str:
    """A band as wide as the page, symmetrical around its middle; plain squares, for every printer can draw them."""
    rows = cloth(code)
    period = len(rows[0])
    threads = {"x": accent, "o": _SECOND_THREAD}
    shift = _BAND_STITCHES // 2 % period - period // 2
    stitches = (
        f'<path d="M{x} {y}h.86v.86h-.86z" fill="{threads[mark]}"/>'
        for y, row in enumerate(rows)
        for x in range(_BAND_STITCHES)
        if (mark := row[(x - shift) % period]) in threads
    )
    size = f'width="{_BAND_STITCHES}" height="{len(rows)}" viewBox="0 0 {_BAND_STITCHES} {len(rows)}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(stitches)}</svg>'


def qr_code(address: str) -> str:
    drawn = BytesIO()
    segno.make(address, micro=False, error="m").save(drawn, kind="svg", border=2, dark="#14181f", light="#ffffff")
    return drawn.getvalue().decode()
