"""Whether two photos show the same: 64 bits that survive another size and another compression (dHash). Pure."""

from typing import Final

from PIL import Image

from edem.foundation.files.pictures import opened
from edem.foundation.files.rules import Kind

BITS: Final = 64
_ROWS: Final = 8
_SIGN: Final = 1 << 63


def likeness_of(content: bytes, kind: Kind) -> int | None:
    """Fits BIGINT; None for a picture without any detail, which would be like every other such."""
    with opened(content, kind) as picture:
        picture.draft("L", (_ROWS * 8, _ROWS * 8))
        return likeness_in(picture)


def likeness_in(picture: Image.Image) -> int | None:
    """Of one that is unpacked already, at any size."""
    small = picture.convert("L").resize((_ROWS + 1, _ROWS), Image.Resampling.LANCZOS)
    grey = list(small.tobytes())
    bits = 0
    for row in range(_ROWS):
        for column in range(_ROWS):
            left, right = grey[row * (_ROWS + 1) + column], grey[row * (_ROWS + 1) + column + 1]
            bits = bits << 1 | (left > right)
    if bits == 0:
        return None
    return bits - (1 << BITS) if bits & _SIGN else bits


def difference(one: int, other: int) -> int:
    """How many of the 64 bits differ: up to 10 is the same photo, around 32 is chance."""
    return ((one ^ other) & ((1 << BITS) - 1)).bit_count()
