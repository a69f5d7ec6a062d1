"""Vector tiles (Mapbox Vector Tile 2.1) of points with whole numbers as properties: all a map of things needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from edem.kernel.geo.cells import MOST_LAT, check_tile

EXTENT: Final = 4096
_VARINTS: Final = 128
_POINT: Final = b"\x18\x01"
_MOVE_TO_ONE: Final = b"\x09"

Column = npt.NDArray[np.int64]
Pixels = Column
Numbers = Sequence[int] | Column
Degrees = Sequence[float] | npt.NDArray[np.float64]


def pixels_of(lats: Degrees, lons: Degrees, *, z: int, x: int, y: int) -> tuple[Pixels, Pixels]:
    """Where the points lie in the tile, from its upper left corner; outside of 0…4095 for points of its neighbours."""
    check_tile(z, x, y)
    side = float((1 << z) * EXTENT)
    lat = np.radians(np.clip(np.asarray(lats, dtype=np.float64), -MOST_LAT, MOST_LAT))
    across = (np.asarray(lons, dtype=np.float64) + 180) / 360 * side
    down = (1 - np.arcsinh(np.tan(lat)) / np.pi) / 2 * side
    return np.floor(across).astype(np.int64) - x * EXTENT, np.floor(down).astype(np.int64) - y * EXTENT


def write_tile(
    layer: str,
    places: tuple[Pixels, Pixels],
    *,
    ids: Numbers | None = None,
    properties: Mapping[str, Numbers],
) -> bytes:
    """One layer; a property of nought is left out of its feature, as if it were not there."""
    if not len(places[0]):
        return b""
    keys = sorted(properties)
    columns = [np.asarray(properties[name], dtype=np.int64) for name in keys]
    values = np.unique(np.concatenate([np.zeros(1, dtype=np.int64), *columns]))
    named = None if ids is None else np.asarray(ids, dtype=np.int64)
    if values[0] < 0 or (named is not None and named.min() < 0):
        raise ValueError("a tile holds numbers from nought on")
    tags = [(key, column, np.searchsorted(values, column) - 1) for key, column in enumerate(columns)]
    written = b"".join(
        [
            b"\x78\x02",  # version 2
            _held(1, layer.encode()),
            _features(places, named, tags),
            *(_held(3, name.encode()) for name in keys),
            _values(values[1:]),
            b"\x28" + _varint(EXTENT),
        ]
    )
    return _held(3, written)


def _features(places: tuple[Pixels, Pixels], ids: Column | None, tags: Sequence[tuple[int, Column, Column]]) -> bytes:
    """All of them at once: each field is a few columns of bytes, of which each feature takes as many as it needs."""
    number = len(places[0])
    pairs = _beside(number, [_tag(key, column != 0, place) for key, column, place in tags])
    tagged = _under(2, pairs, number)
    tagged.wanted[pairs.lengths == 0] = False
    spot = _beside(number, [_always(_MOVE_TO_ONE, number), *(_varints(_zigzag(axis)) for axis in places)])
    named = [] if ids is None else [_always(b"\x08", number), _varints(ids)]
    body = _beside(number, [*named, tagged, _always(_POINT, number), _under(4, spot, number)])
    whole = _under(2, body, number)
    return whole.content[whole.wanted].tobytes()


def _values(values: Column) -> bytes:
    if not len(values):
        return b""
    number = len(values)
    told = _under(4, _beside(number, [_always(b"\x28", number), _varints(values)]), number)
    return told.content[told.wanted].tobytes()


@dataclass(frozen=True, kw_only=True)
class _Bytes:
    """A row of bytes for each feature, and which of them it has."""

    content: npt.NDArray[np.uint8]
    wanted: npt.NDArray[np.bool_]

    @property
    def lengths(self) -> Column:
        lengths: Column = self.wanted.sum(axis=1, dtype=np.int64)
        return lengths


def _beside(number: int, parts: Sequence[_Bytes]) -> _Bytes:
    if not parts:
        return _always(b"", number)
    return _Bytes(
        content=np.concatenate([part.content for part in parts], axis=1),
        wanted=np.concatenate([part.wanted for part in parts], axis=1),
    )


def _under(field: int, content: _Bytes, number: int) -> _Bytes:
    """A field whose content says its own length, in every feature."""
    return _beside(number, [_always(bytes((field << 3 | 2,)), number), _varints(content.lengths), content])


def _tag(key: int, is_there: npt.NDArray[np.bool_], place: Column) -> _Bytes:
    pair = _beside(len(place), [_always(_varint(key), len(place)), _varints(np.maximum(place, 0))])
    return _Bytes(content=pair.content, wanted=pair.wanted & is_there[:, None])


def _always(content: bytes, number: int) -> _Bytes:
    row = np.frombuffer(content, dtype=np.uint8)
    return _Bytes(content=np.tile(row, (number, 1)), wanted=np.ones((number, len(row)), dtype=np.bool_))


def _varints(column: Column) -> _Bytes:
    """Seven bits a byte, the lowest first; all but the last have the high bit."""
    width = len(_varint(int(column.max())))
    shifted = column[:, None] >> np.arange(0, 7 * width, 7)
    goes_on = shifted >= _VARINTS
    wanted = np.ones(shifted.shape, dtype=np.bool_)
    wanted[:, 1:] = goes_on[:, :-1]
    return _Bytes(content=(shifted & 0x7F | goes_on << 7).astype(np.uint8), wanted=wanted)


def _held(field: int, content: bytes) -> bytes:
    """A field whose content says its own length."""
    return bytes((field << 3 | 2,)) + _varint(len(content)) + content


def _zigzag(axis: Pixels) -> Column:
    return (axis << 1) ^ (axis >> 63)


def _varint(number: int) -> bytes:
    if number < _VARINTS:
        return bytes((number,))
    written = bytearray()
    while number >= _VARINTS:
        written.append(number & 0x7F | 0x80)
        number >>= 7
    written.append(number)
    return bytes(written)
