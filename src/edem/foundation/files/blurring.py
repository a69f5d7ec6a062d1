"""Faces and number plates are burned out of a picture: what was there cannot be brought back. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageFilter

from edem.foundation.files.pictures import Drawn, opened, saved
from edem.foundation.files.rules import Kind
from edem.kernel.errors import Invalid

MOST_RECTANGLES: Final = 20
_CELLS: Final = 5
"""What is hidden keeps at most five spots on its shorter side: neither a face nor a plate can be told from them."""


@dataclass(frozen=True, kw_only=True)
class Rectangle:
    """In shares of the picture's width and height, so that it fits the picture at any size."""

    left: float
    top: float
    width: float
    height: float


def check_rectangles(rectangles: Sequence[Rectangle]) -> None:
    if not 0 < len(rectangles) <= MOST_RECTANGLES:
        raise Invalid("files.nothing_to_blur")
    for each in rectangles:
        inside = 0 <= each.left < 1 and 0 <= each.top < 1 and 0 < each.width <= 1 and 0 < each.height <= 1
        if not inside:  # NaN is not inside either
            raise Invalid("files.nothing_to_blur")


def blurred(content: bytes, kind: Kind, rectangles: Sequence[Rectangle]) -> Drawn:
    check_rectangles(rectangles)
    with opened(content, kind) as picture:
        picture.load()
        for each in rectangles:
            _burn(picture, each)
        return saved(picture, kind)


def _burn(picture: Image.Image, rectangle: Rectangle) -> None:
    left, top = int(rectangle.left * picture.width), int(rectangle.top * picture.height)
    right = min(picture.width, max(left + 1, round((rectangle.left + rectangle.width) * picture.width)))
    bottom = min(picture.height, max(top + 1, round((rectangle.top + rectangle.height) * picture.height)))
    part = picture.crop((left, top, right, bottom))
    scale = min(_CELLS / min(part.size), 0.25)
    cells = (max(1, round(part.width * scale)), max(1, round(part.height * scale)))
    coarse = part.resize(cells, Image.Resampling.BOX).resize(part.size, Image.Resampling.NEAREST)
    soft = coarse.filter(ImageFilter.GaussianBlur(max(1, min(part.size) // (2 * _CELLS))))
    picture.paste(soft, (left, top))
