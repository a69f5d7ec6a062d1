"""One file with all the tiles, as the specification of PMTiles has it, version 3."""

import gzip
import json
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from edem.config.sample.base_map.ground import LEAST, MOST, shapes_of
from edem.config.sample.base_map.tiles import Tile, tiles_of, varint
from edem.config.sample.generating import COMMUNITIES
from edem.config.sample.reading import community_text
from edem.kernel.geo.cells import tile_box
from edem.kernel.geo.pmtiles import tile_id

_HEADER: Final = struct.Struct("<7sB11Q6B4iB2i")
_GZIP, _VECTOR, _CLUSTERED = 2, 1, 1
_PARTS: Final = 10_000_000
"""Degrees are written as whole numbers of their ten-millionth parts."""


def draw_base_map(path: Path) -> None:
    """Of all the sample's communities."""
    shapes = [shape for slug in COMMUNITIES for shape in shapes_of(community_text(slug))]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(archive_of(tiles_of(shapes)))


def archive_of(tiles: Mapping[Tile, bytes]) -> bytes:
    packed = {tile_id(*tile): gzip.compress(content, mtime=0) for tile, content in tiles.items()}
    numbers, contents = zip(*sorted(packed.items()), strict=True)
    root = gzip.compress(directory(numbers, [len(each) for each in contents]), mtime=0)
    told = gzip.compress(json.dumps({"name": "e-DEM", "type": "baselayer"}).encode(), mtime=0)
    body, count = b"".join(contents), len(contents)
    after_root, after_told = _HEADER.size + len(root), _HEADER.size + len(root) + len(told)
    west, south, east, north = edges_of(tiles)
    head = _HEADER.pack(
        b"PMTiles", 3, _HEADER.size, len(root), after_root, len(told), after_told, 0, after_told, len(body),
        count, count, count, _CLUSTERED, _GZIP, _GZIP, _VECTOR, LEAST, MOST, west, south, east, north, LEAST,
        (west + east) // 2, (south + north) // 2,
    )  # fmt: skip
    return head + root + told + body


def directory(numbers: tuple[int, ...], lengths: list[int]) -> bytes:
    """Each tile's number as a step from the last one's, a run of one, its length; they lie one behind the other."""
    steps = [number - before for before, number in zip((0, *numbers), numbers, strict=False)]
    places = [1, *[0] * (len(numbers) - 1)]
    written = [len(numbers), *steps, *[1] * len(numbers), *lengths, *places]
    return b"".join(map(varint, written))


def edges_of(tiles: Mapping[Tile, bytes]) -> tuple[int, int, int, int]:
    boxes = [tile_box(*tile) for tile in tiles if tile[0] == MOST]
    west, south = min(box.west for box in boxes), min(box.south for box in boxes)
    east, north = max(box.east for box in boxes), max(box.north for box in boxes)
    return (round(west * _PARTS), round(south * _PARTS), round(east * _PARTS), round(north * _PARTS))
