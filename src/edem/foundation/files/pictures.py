"""Pictures are drawn anew: upright, of a sane size, without the place and the camera that EXIF tells."""

import warnings
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from edem.foundation.files.rules import Kind
from edem.kernel.errors import Invalid

MOST_PIXELS = 40_000_000
LONGEST_SIDE = 2560

_FORMATS = {Kind.PNG: "PNG", Kind.JPEG: "JPEG", Kind.WEBP: "WEBP"}
_SETTINGS: dict[Kind, dict[str, object]] = {
    Kind.PNG: {"optimize": True},
    Kind.JPEG: {"quality": 85, "progressive": True, "optimize": True},
    Kind.WEBP: {"quality": 85, "method": 4},
}


def redrawn(content: bytes, kind: Kind) -> bytes:
    """Refuses what cannot be drawn; its size is known from the header, before a single pixel is unpacked."""
    try:
        with _opened(content, kind) as picture:
            return _saved(_upright(picture, kind), kind)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as broken:
        raise Invalid("files.broken_picture") from broken


def _opened(content: bytes, kind: Kind) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit below is lower
        picture = Image.open(BytesIO(content), formats=[_FORMATS[kind]])
    if picture.width * picture.height > MOST_PIXELS:
        raise Invalid("files.picture_too_large", megapixels=MOST_PIXELS // 1_000_000)
    return picture


def _upright(picture: Image.Image, kind: Kind) -> Image.Image:
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # JPEG unpacks straight to about the size we keep
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return upright.convert("RGBA" if kind is not Kind.JPEG and upright.has_transparency_data else "RGB")


def _saved(picture: Image.Image, kind: Kind) -> bytes:
    picture.info.clear()
    drawn = BytesIO()
    picture.save(drawn, _FORMATS[kind], **_SETTINGS[kind])
    return drawn.getvalue()
