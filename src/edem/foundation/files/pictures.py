"""Pictures are drawn anew: upright, of a sane size, without the place and the camera that EXIF tells."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

from pi_heif import register_heif_opener
from PIL import Image, ImageOps, UnidentifiedImageError

from edem.foundation.files.rules import Kind
from edem.kernel.errors import Invalid

MOST_PIXELS = 40_000_000
LONGEST_SIDE = 2560

_FORMATS = {Kind.PNG: "PNG", Kind.JPEG: "JPEG", Kind.WEBP: "WEBP", Kind.HEIC: "HEIF"}
_SETTINGS: dict[Kind, dict[str, object]] = {
    Kind.PNG: {"optimize": True},
    Kind.JPEG: {"quality": 85, "progressive": True, "optimize": True},
    Kind.WEBP: {"quality": 85, "method": 4},
}
_KEPT_AS = {Kind.HEIC: Kind.JPEG}
_BROKEN = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    RuntimeError,
)

register_heif_opener(thumbnails=False)


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A picture as it is kept."""

    content: bytes
    kind: Kind
    width: int
    height: int


def redrawn(content: bytes, kind: Kind) -> bytes:
    return drawn_anew(content, kind).content


def drawn_anew(content: bytes, kind: Kind) -> Drawn:
    """Refuses what cannot be drawn; its size is known from the header, before a single pixel is unpacked."""
    return saved(*upright_of(content, kind))


def upright_of(content: bytes, kind: Kind) -> tuple[Image.Image, Kind]:
    """Unpacked once, as it will be seen, and the kind that it is kept as."""
    with opened(content, kind) as picture:
        kept = _KEPT_AS.get(kind, kind)
        return _upright(picture, kept), kept


@contextmanager
def opened(content: bytes, kind: Kind) -> Iterator[Image.Image]:
    """Whatever goes wrong with a picture while it is in hand is the picture's fault, and said so."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit below is lower
            picture = Image.open(BytesIO(content), formats=[_FORMATS[kind]])
        with picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise too_large()
            yield picture
    except Image.DecompressionBombError as bomb:  # so large that Pillow does not even say how large
        raise too_large() from bomb
    except _BROKEN as broken:
        raise Invalid("files.broken_picture") from broken


def too_large() -> Invalid:
    return Invalid("files.picture_too_large", megapixels=MOST_PIXELS // 1_000_000)


def saved(picture: Image.Image, kind: Kind) -> Drawn:
    picture.info.clear()
    drawn = BytesIO()
    picture.save(drawn, _FORMATS[kind], **_SETTINGS[kind])
    return Drawn(content=drawn.getvalue(), kind=kind, width=picture.width, height=picture.height)


def _upright(picture: Image.Image, kind: Kind) -> Image.Image:
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # JPEG unpacks straight to about the size we keep
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return upright.convert("RGBA" if kind is not Kind.JPEG and upright.has_transparency_data else "RGB")
