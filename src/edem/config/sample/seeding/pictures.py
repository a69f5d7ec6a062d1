"""A drawn picture that stands for a photo in the sample: nobody's face, nobody's licence."""

from io import BytesIO
from random import Random
from typing import Final

from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT, HORIZON = 960, 640, 390
SKY, WATER, PATH = ((22, 30, 66), (196, 122, 92)), (34, 44, 78), (58, 56, 62)
POST, GLOW, LAMP = (20, 20, 26), (255, 214, 140), (255, 244, 214)
QUALITY: Final = 80


def lamps_at_dusk(*, seed: int, lit: int) -> bytes:
    """An embankment in the evening with a row of lamps."""
    rng = Random(seed)  # a picture, not a secret
    picture = Image.new("RGB", (WIDTH, HEIGHT))
    draw = ImageDraw.Draw(picture)
    for line in range(HORIZON):
        draw.line((0, line, WIDTH, line), fill=_between(*SKY, line / HORIZON))
    draw.rectangle((0, HORIZON, WIDTH, HEIGHT), fill=WATER)
    draw.polygon((WIDTH * 0.35, HORIZON, WIDTH * 0.45, HORIZON, WIDTH, HEIGHT, WIDTH * 0.2, HEIGHT), fill=PATH)
    lamps = [_lamp(number, lit, rng) for number in range(lit)]
    glow = Image.new("RGB", picture.size)
    shine = ImageDraw.Draw(glow)
    for x, top, size in lamps:
        shine.ellipse((x - size * 3, top - size * 3, x + size * 3, top + size * 3), fill=GLOW)
    picture = Image.blend(picture, Image.composite(glow, picture, glow.convert("L")), 0.3)
    picture = Image.blend(picture, picture.filter(ImageFilter.GaussianBlur(14)), 0.5)
    draw = ImageDraw.Draw(picture)
    for x, top, size in lamps:
        draw.line((x, top, x, HORIZON + size * size / 2), fill=POST, width=max(2, int(size / 3)))
        draw.ellipse((x - size, top - size, x + size, top + size), fill=LAMP)
    file = BytesIO()
    picture.save(file, "JPEG", quality=QUALITY, progressive=True)
    return file.getvalue()


def _lamp(number: int, count: int, rng: Random) -> tuple[float, float, float]:
    """Nearer lamps are larger and further to the right."""
    near = (number + 1) / count
    size = 4 + 16 * near
    return WIDTH * (0.45 + 0.5 * near) + rng.uniform(-4, 4), HORIZON - 30 - 210 * near, size


def _between(one: tuple[int, ...], other: tuple[int, ...], part: float) -> tuple[int, ...]:
    return tuple(int(a + (b - a) * part) for a, b in zip(one, other, strict=True))
