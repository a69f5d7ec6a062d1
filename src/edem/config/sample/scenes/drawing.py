"""One picture: the place with its trouble, or the same place mended."""

from collections.abc import Callable
from io import BytesIO
from random import Random
from typing import Final

from edem.config.sample.scenes import ground, upright
from edem.config.sample.scenes.street import HEIGHT, WIDTH, Place, place

QUALITY: Final = 62
Trouble = Callable[..., None]

SCENES: Final[dict[str, tuple[Trouble, str, str]]] = {
    "pothole": (ground.pothole, "asphalt", "day"),
    "pavement": (ground.pavement, "tiles", "day"),
    "crossing": (ground.crossing, "asphalt", "day"),
    "rubbish": (ground.rubbish, "grass", "day"),
    "bin": (ground.garbage_bin, "tiles", "day"),
    "manhole": (ground.manhole, "tiles", "day"),
    "water": (ground.water, "asphalt", "day"),
    "snow": (ground.snow, "snow", "day"),
    "dog": (ground.dog, "grass", "day"),
    "lamp": (upright.lamp, "asphalt", "night"),
    "sign": (upright.sign, "asphalt", "day"),
    "bench": (upright.bench, "grass", "day"),
    "car": (upright.car, "grass", "day"),
    "icicles": (upright.icicles, "snow", "day"),
    "playground": (upright.playground, "grass", "day"),
    "tree": (upright.tree, "grass", "day"),
    "wall": (upright.wall, "tiles", "day"),
    "billboard": (upright.billboard, "grass", "day"),
}
"""What is drawn, on what ground, at what time."""
SIZE: Final = (WIDTH, HEIGHT)


def drawn(scene: str, *, seed: str, mended: bool = False, angle: int = 0) -> bytes:
    """The same seed is the same place; another angle is a second photo of it."""
    trouble, underfoot, time = SCENES[scene]
    at: Place = place(Random(f"{seed}:place:{angle}"), ground=underfoot, time=time)
    trouble(Place(picture=at.picture, ink=at.ink, rng=Random(f"{seed}:trouble:{angle}")), mended=mended)
    file = BytesIO()
    at.picture.save(file, "JPEG", quality=QUALITY)
    return file.getvalue()
