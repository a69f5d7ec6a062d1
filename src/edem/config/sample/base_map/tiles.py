"""Vector tiles (Mapbox Vector Tile 2.1) of lines, outlines and names, in the layers of Protomaps."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import shapely
from shapely.affinity import affine_transform
from shapely.geometry.base import BaseGeometry

from edem.config.sample.base_map.ground import LEAST, MOST, Shape

EXTENT: Final = 4096
_MARGIN: Final = 64
"""What lies just beyond the edge is drawn too, so that lines have no seams."""
_MOVE, _LINE, _CLOSE = 1, 2, 7
_KINDS: Final = {"Point": 1, "LineString": 2, "Polygon": 3}
_MANY: Final = 0x80

Tile = tuple[int, int, int]
Corner = tuple[int, int]
Named = tuple[BaseGeometry, str]


def tiles_of(shapes: Sequence[Shape]) -> Mapping[Tile, bytes]:
    held: dict[Tile, dict[str, list[Named]]] = {}
    for zoom in range(LEAST, MOST + 1):
        for shape in shapes:
            for tile, outline in cut(shape.outline, zoom) if zoom >= shape.least else ():
                named = [(part, shape.name) for part in parts_of(outline)]
                held.setdefault(tile, {}).setdefault(shape.layer, []).extend(named)
    return {tile: b"".join(layer(*each) for each in sorted(layers.items())) for tile, layers in held.items()}


def cut(outline: BaseGeometry, zoom: int) -> Iterator[tuple[Tile, BaseGeometry]]:
    """The part of it in each tile that it touches, in the tile's own units from its upper left corner."""
    side = 1 << zoom
    units = side * EXTENT
    west, north, east, south = (edge * side for edge in outline.bounds)
    for x in range(int(west), int(east) + 1):
        for y in range(int(north), int(south) + 1):
            moved = affine_transform(outline, [units, 0, 0, units, -x * EXTENT, -y * EXTENT])
            inside = shapely.clip_by_rect(moved, -_MARGIN, -_MARGIN, EXTENT + _MARGIN, EXTENT + _MARGIN)
            if not inside.is_empty:
                yield (zoom, x, y), inside


def parts_of(outline: BaseGeometry) -> Iterator[BaseGeometry]:
    for part in getattr(outline, "geoms", [outline]):
        if part.geom_type in _KINDS:
            yield part


def feature(part: BaseGeometry, name: int | None) -> bytes:
    tagged = b"" if name is None else held(2, varint(0) + varint(name))
    return held(2, tagged + varint(3 << 3) + varint(_KINDS[part.geom_type]) + held(4, drawn(part)))


def drawn(part: BaseGeometry) -> bytes:
    """A pen's moves: each from where the last one ended. A polygon's outer ring goes with the clock, as one sees it."""
    if part.geom_type != "Polygon":
        return moves(corners(part.coords))
    ring = shapely.orient_polygons(part).exterior.coords[:-1]  # against the clock where north is up: here it is down
    return moves(corners(ring)) + varint(1 << 3 | _CLOSE)


def corners(coords: Iterable[Sequence[float]]) -> list[Corner]:
    return [(round(at[0]), round(at[1])) for at in coords]


def moves(path: Sequence[Corner]) -> bytes:
    steps = [(x - before[0], y - before[1]) for before, (x, y) in zip([(0, 0), *path], path, strict=False)]
    first, rest = steps[:1], steps[1:]
    written = varint(1 << 3 | _MOVE) + b"".join(step(each) for each in first)
    return written + (varint(len(rest) << 3 | _LINE) + b"".join(step(each) for each in rest) if rest else b"")


def step(by: Corner) -> bytes:
    return b"".join(varint(axis << 1 if axis >= 0 else -axis * 2 - 1) for axis in by)


def layer(title: str, drawings: Sequence[Named]) -> bytes:
    names = {name: place for place, name in enumerate(sorted({name for _, name in drawings if name}))}
    features = b"".join(feature(part, names.get(name)) for part, name in drawings)
    values = b"".join(held(4, held(1, name.encode())) for name in names)
    version, extent = varint(15 << 3) + varint(2), varint(5 << 3) + varint(EXTENT)
    return held(3, held(1, title.encode()) + features + held(3, b"name") + values + extent + version)


def held(field: int, content: bytes) -> bytes:
    """A field whose content says its own length."""
    return varint(field << 3 | 2) + varint(len(content)) + content


def varint(number: int) -> bytes:
    written = bytearray()
    while number >= _MANY:
        written.append(number & (_MANY - 1) | _MANY)
        number >>= 7
    return bytes([*written, number])
