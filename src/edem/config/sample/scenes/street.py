"""What is behind every trouble: sky, houses, ground. Seeded, so that two places never look alike."""

from dataclasses import dataclass
from math import cos, sin, tau
from random import Random
from typing import Final

from PIL import Image, ImageDraw

WIDTH, HEIGHT, HORIZON = 480, 360, 165
Colour = tuple[int, int, int]
Ink = ImageDraw.ImageDraw

SKIES: Final[dict[str, tuple[Colour, ...]]] = {
    "day": ((150, 184, 214), (176, 196, 206), (198, 206, 210)),
    "night": ((22, 26, 52), (30, 32, 58), (18, 24, 40)),
}
WALLS: Final[tuple[Colour, ...]] = ((201, 188, 165), (178, 164, 152), (188, 196, 190), (208, 196, 188), (160, 150, 146))
GROUNDS: Final[dict[str, tuple[Colour, ...]]] = {
    "asphalt": ((92, 94, 98), (104, 104, 106), (84, 88, 92)),
    "tiles": ((150, 142, 134), (140, 138, 136), (158, 148, 138)),
    "grass": ((104, 132, 78), (122, 138, 82), (92, 124, 84)),
    "snow": ((226, 231, 236), (218, 224, 232), (232, 234, 236)),
}


@dataclass(frozen=True, kw_only=True)
class Place:
    """An empty picture of a place, and the chance with which the rest is drawn."""

    picture: Image.Image
    ink: Ink
    rng: Random

    def spot(self, spread: float = 0.25) -> tuple[float, float]:
        """Somewhere on the ground, not at the edge."""
        rng = self.rng
        return WIDTH * rng.uniform(0.5 - spread, 0.5 + spread), HORIZON + (HEIGHT - HORIZON) * rng.uniform(0.35, 0.65)


def place(rng: Random, *, ground: str, time: str = "day") -> Place:
    picture = Image.new("RGB", (WIDTH, HEIGHT), rng.choice(SKIES[time]))
    ink = ImageDraw.Draw(picture)
    dark = 0.35 if time == "night" else 1.0
    _houses(ink, rng, dark)
    ink.rectangle((0, HORIZON, WIDTH, HEIGHT), fill=shade(rng.choice(GROUNDS[ground]), dark))
    _grain(ink, rng, shade(rng.choice(GROUNDS[ground]), 0.92 * dark))
    if ground == "tiles":
        _joints(ink, dark)
    return Place(picture=picture, ink=ink, rng=rng)


def _houses(ink: Ink, rng: Random, dark: float) -> None:
    left = -rng.randrange(60)
    while left < WIDTH:
        width, top = rng.randrange(90, 190), rng.randrange(20, 110)
        ink.rectangle((left, top, left + width, HORIZON), fill=shade(rng.choice(WALLS), dark))
        for x in range(left + 14, left + width - 20, 30):
            for y in range(top + 14, HORIZON - 24, 34):
                lit = dark < 1 and rng.random() < 0.4
                ink.rectangle((x, y, x + 14, y + 18), fill=(250, 214, 140) if lit else shade((96, 112, 128), dark))
        left += width + rng.randrange(6, 40)


def _grain(ink: Ink, rng: Random, colour: Colour) -> None:
    for _ in range(140):
        x, y = rng.randrange(WIDTH), rng.randrange(HORIZON, HEIGHT)
        ink.line((x, y, x + rng.randrange(2, 14), y), fill=colour)


def _joints(ink: Ink, dark: float) -> None:
    for step in range(1, 8):
        y = HORIZON + (HEIGHT - HORIZON) * (step / 7) ** 1.6
        ink.line((0, y, WIDTH, y), fill=shade((112, 106, 100), dark))
    for x in range(-WIDTH, 2 * WIDTH, 56):
        ink.line((WIDTH / 2 + (x - WIDTH / 2) * 0.4, HORIZON, x, HEIGHT), fill=shade((112, 106, 100), dark))


def shade(colour: Colour, part: float) -> Colour:
    red, green, blue = (min(255, int(each * part)) for each in colour)
    return red, green, blue


def blot(at: Place, middle: tuple[float, float], size: tuple[float, float], fill: Colour) -> None:
    """An uneven patch: eleven points around an ellipse."""
    points = [
        (middle[0] + cos(turn) * size[0] * far, middle[1] + sin(turn) * size[1] * far)
        for turn, far in ((tau * step / 11, at.rng.uniform(0.75, 1.15)) for step in range(11))
    ]
    at.ink.polygon(points, fill=fill)


def post(ink: Ink, x: float, top: float, *, foot: float, width: int = 5, fill: Colour = (70, 74, 78)) -> None:
    ink.line((x, top, x, foot), fill=fill, width=width)
