"""Videos are told by their content and kept as they came: nothing here unpacks them. Pure."""

from typing import Final, Protocol

from edem.foundation.files.rules import KINDS, VIDEOS, Kind
from edem.kernel.errors import Invalid

_QUICKTIME: Final = b"qt  "
_MPEG: Final = frozenset({b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"dash"})
_EBML: Final = b"\x1a\x45\xdf\xa3"
_SEGMENT: Final = b"\x18\x53\x80\x67"
_HEAD: Final = 4096
_BOX: Final = 8
_LONG_BOX: Final = 16
_MOST_BOXES: Final = 20_000


class Seekable(Protocol):
    """An open file, or an upload."""

    def seek(self, offset: int, /) -> object: ...
    def read(self, size: int, /) -> bytes: ...


def video_kind(file: Seekable) -> Kind | None:
    """What it says of itself in its first bytes; None for what is no video."""
    file.seek(0)
    head = file.read(_HEAD)
    if head[4:8] == b"ftyp":
        return _of_brand(head[8:12])
    if head.startswith(_EBML) and b"webm" in head[:64]:
        return Kind.WEBM
    return None


def check_may_keep(file: Seekable, *, size: int, accept: frozenset[Kind]) -> Kind:
    """The whole skeleton must be there: a video that was cut short, or hides something else, is refused."""
    kind = video_kind(file)
    if kind is None or kind not in accept & VIDEOS:
        raise Invalid("files.kind_not_taken", kinds=", ".join(sorted(accept)))
    if size > KINDS[kind].largest:
        raise Invalid("files.too_big", megabytes=KINDS[kind].largest // (1024 * 1024))
    if not (_has_segment(file) if kind is Kind.WEBM else _has_all_boxes(file, size)):
        raise Invalid("files.broken_video")
    return kind


def _of_brand(brand: bytes) -> Kind | None:
    if brand == _QUICKTIME:
        return Kind.MOV
    return Kind.MP4 if brand in _MPEG or brand.startswith(b"3gp") else None


def _has_segment(file: Seekable) -> bool:
    file.seek(0)
    return _SEGMENT in file.read(_HEAD)


def _has_all_boxes(file: Seekable, size: int) -> bool:
    """The list of contents and the pictures themselves, and boxes that end where the file does."""
    seen, at = set[bytes](), 0
    for _ in range(_MOST_BOXES):
        if at >= size:
            break
        name, length = _box_at(file, at, size)
        if length < _BOX or at + length > size:
            return False
        seen.add(name)
        at += length
    return at == size and b"moov" in seen and bool(seen & {b"mdat", b"moof"})


def _box_at(file: Seekable, at: int, size: int) -> tuple[bytes, int]:
    file.seek(at)
    head = file.read(_LONG_BOX)
    if len(head) < _BOX:
        return b"", 0
    length = int.from_bytes(head[:4], "big")
    if length == 1:
        length = int.from_bytes(head[8:16], "big")
    return head[4:8], length or size - at
