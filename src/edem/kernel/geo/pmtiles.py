"""A base map in one file: reads tiles out of a PMTiles archive, version 3, as its specification has it."""

import gzip
import struct
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Final

from edem.kernel.geo.cells import check_tile

_HEADER: Final = struct.Struct("<7sB11Q6B4iB2i")
_MAGIC: Final = b"PMTiles"
_VERSION: Final = 3
_PLAIN: Final = 1
_GZIP: Final = 2
_KINDS: Final = {1: "mvt", 2: "png", 3: "jpeg", 4: "webp", 5: "avif"}
_MOST_DEPTH: Final = 4
_MOST_ENTRIES: Final = 5_000_000
_MOST_BYTES: Final = 64 * 1024 * 1024
_FURTHEST: Final = 1 << 50
_SEVEN: Final = 0x7F
_MORE: Final = 0x80


class NotReadableError(ValueError):
    """The file is no PMTiles archive, or one that is packed in a way we cannot unpack."""


@dataclass(frozen=True)
class Directory:
    """First tile, how many in a row are the same, where, how long; a run of nought is another directory."""

    tiles: Sequence[int]
    runs: Sequence[int]
    offsets: Sequence[int]
    lengths: Sequence[int]


@dataclass(frozen=True, kw_only=True)
class Archive:
    path: Path
    kind: str
    """mvt, png, jpeg, webp, avif."""
    min_zoom: int
    max_zoom: int
    root: tuple[int, int]
    leaves: int
    tiles: int
    is_packed: bool
    """Its directories."""
    are_tiles_packed: bool

    def tile(self, z: int, x: int, y: int) -> bytes | None:
        """Unpacked; None where the map has nothing."""
        check_tile(z, x, y)
        wanted, (offset, length) = tile_id(z, x, y), self.root
        for _ in range(_MOST_DEPTH):
            directory = _directory(self.path, offset, length, is_packed=self.is_packed)
            place = bisect_right(directory.tiles, wanted) - 1
            if place < 0:
                return None
            run, start, size = directory.runs[place], directory.offsets[place], directory.lengths[place]
            if run:
                is_here = wanted < directory.tiles[place] + run
                return _read(self.path, self.tiles + start, size, is_packed=self.are_tiles_packed) if is_here else None
            offset, length = self.leaves + start, size
        raise NotReadableError("directories within directories without end")


def open_archive(path: Path) -> Archive:
    with path.open("rb") as file:
        head = file.read(_HEADER.size)
    if len(head) < _HEADER.size:
        raise NotReadableError("too short")
    magic, version, *rest = _HEADER.unpack(head)
    if magic != _MAGIC or version != _VERSION:
        raise NotReadableError("no PMTiles archive of version 3")
    root_at, root_length, _, _, leaves, _, tiles, *_ = rest[:11]
    _, inside, outside, kind, min_zoom, max_zoom = rest[11:17]
    if inside not in {_PLAIN, _GZIP} or outside not in {0, _PLAIN, _GZIP} or kind not in _KINDS:
        raise NotReadableError("packed by what we do not know: use gzip")
    return Archive(
        path=path,
        kind=_KINDS[kind],
        min_zoom=min_zoom,
        max_zoom=max_zoom,
        root=(root_at, root_length),
        leaves=leaves,
        tiles=tiles,
        is_packed=inside == _GZIP,
        are_tiles_packed=outside == _GZIP,
    )


def tile_id(z: int, x: int, y: int) -> int:
    """All tiles of smaller zooms come first; within one zoom they follow Hilbert's curve."""
    before, along = ((1 << 2 * z) - 1) // 3, 0
    step = 1 << z >> 1
    while step:
        right, down = int(bool(x & step)), int(bool(y & step))
        along += step * step * ((3 * right) ^ down)
        if not down:
            if right:
                x, y = step - 1 - x, step - 1 - y
            x, y = y, x
        step >>= 1
    return before + along


@lru_cache(maxsize=256)
def _directory(path: Path, offset: int, length: int, *, is_packed: bool) -> Directory:
    numbers = list(_varints(_read(path, offset, length, is_packed=is_packed)))
    count = numbers[0] if numbers else 0
    if count > _MOST_ENTRIES or len(numbers) != 1 + 4 * count:
        raise NotReadableError("a directory that does not add up")
    steps, runs, lengths, written = (numbers[1 + part * count : 1 + (part + 1) * count] for part in range(4))
    offsets: list[int] = []
    for place, number in enumerate(written):
        if not number and not place:
            raise NotReadableError("a directory that begins nowhere")
        offsets.append(number - 1 if number else offsets[-1] + lengths[place - 1])
    return Directory(list(accumulate(steps)), runs, offsets, lengths)


def _read(path: Path, offset: int, length: int, *, is_packed: bool) -> bytes:
    if length > _MOST_BYTES or offset > _FURTHEST:
        raise NotReadableError("a part too large to be one")
    with path.open("rb") as file:
        file.seek(offset)
        content = file.read(length)
    if len(content) != length:
        raise NotReadableError("the file ends too early")
    try:
        return gzip.decompress(content) if is_packed else content
    except (OSError, EOFError) as fault:
        raise NotReadableError("a part that does not unpack") from fault


def _varints(content: bytes) -> Iterator[int]:
    number = shift = 0
    for byte in content:
        number |= (byte & _SEVEN) << shift
        shift += 7
        if byte < _MORE:
            yield number
            number = shift = 0
