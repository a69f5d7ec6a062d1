"""Coats of arms: whatever was uploaded is decoded and drawn anew as a small PNG. Pure, but for Pillow."""

import hashlib
import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

from edem.kernel.errors import Invalid

LARGEST_FILE = 5 * 1024 * 1024
LARGEST_SIDE = 6000
SIDE = 512
_FORMATS = ("PNG", "JPEG", "WEBP")


@dataclass(frozen=True)
class Arms:
    png: bytes
    fingerprint: str


def drawn_anew(picture: bytes) -> Arms:
    """Fit into 512 × 512 pixels, upright, without anything but the pixels."""
    if len(picture) > LARGEST_FILE:
        raise _too_large()
    with _opened(picture) as image:
        if max(image.size) > LARGEST_SIDE:
            raise _too_large()
        drawn = _drawn(image)
    kept = BytesIO()
    drawn.save(kept, "PNG", optimize=True)
    return Arms(kept.getvalue(), hashlib.sha256(kept.getvalue()).hexdigest()[:12])


def _opened(picture: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            # Pillow only warns of a picture that unpacks to a monstrous size; its size is checked right after.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return Image.open(BytesIO(picture), formats=_FORMATS)
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise Invalid("communities.arms_unreadable", field="picture") from error


def _drawn(image: Image.Image) -> Image.Image:
    try:
        upright = ImageOps.exif_transpose(image).convert("RGBA")
    except (OSError, ValueError, SyntaxError) as error:
        raise Invalid("communities.arms_unreadable", field="picture") from error
    upright.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    clean = Image.new("RGBA", upright.size)
    clean.paste(upright)
    return clean


def _too_large() -> Invalid:
    megabytes = LARGEST_FILE // 1024 // 1024
    return Invalid("communities.arms_too_large", megabytes=megabytes, pixels=LARGEST_SIDE, field="picture")
