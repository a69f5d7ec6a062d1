"""The community's ornament as a picture for letters: mail programs show no SVG."""

from functools import lru_cache
from io import BytesIO

from PIL import Image

from edem.ui.ornament import cloth

WIDTH, STITCH = 600, 2


@lru_cache(maxsize=512)
def ornament_png(code: str, accent: str) -> bytes:
    rows = cloth(code)
    period, height = len(rows[0]), len(rows)
    threads = {"x": accent, "o": _lighter(accent), ".": "#ffffff"}
    picture = Image.new("RGB", (WIDTH // STITCH, height), "#ffffff")
    for y, row in enumerate(rows):
        for x in range(WIDTH // STITCH):
            picture.putpixel((x, y), _rgb(threads[row[x % period]]))
    drawn = BytesIO()
    picture.resize((WIDTH, height * STITCH), Image.Resampling.NEAREST).save(drawn, "PNG", optimize=True)
    return drawn.getvalue()


def _rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def _lighter(colour: str) -> str:
    return "#" + "".join(f"{(part + 255) // 2:02x}" for part in _rgb(colour))
