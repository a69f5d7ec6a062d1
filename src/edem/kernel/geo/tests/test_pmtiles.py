"""A base map in one file is read by its specification; a file that is none says so."""

import gzip
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.kernel.geo.pmtiles import NotReadableError, open_archive, tile_id
from edem.kernel.geo.tests.test_cells import tiles

HEADER = struct.Struct("<7sB11Q6B4iB2i")
# From the specification's own table and its reference implementations.
KNOWN = {(0, 0, 0): 0, (1, 0, 0): 1, (1, 0, 1): 2, (1, 1, 1): 3, (1, 1, 0): 4, (2, 0, 0): 5, (12, 3423, 1763): 19078479}


def varint(number):
    written = bytearray()
    while number >= 0x80:
        written.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*written, number])


def directory(entries):
    """(tile, run, length, offset) of each."""
    steps = [entry[0] - before[0] for before, entry in zip([(0,), *entries], entries, strict=False)]
    columns = [len(entries), *steps, *(e[1] for e in entries), *(e[2] for e in entries), *(e[3] + 1 for e in entries)]
    return b"".join(map(varint, columns))


def written(path, contents, *, packed=True, leaf=False):
    """An archive with these tiles: number → content."""
    pack = gzip.compress if packed else bytes
    entries, body = [], b""
    for number, content in sorted(contents.items()):
        part = pack(content)
        entries.append((number, 1, len(part), len(body)))
        body += part
    leaves = pack(directory(entries)) if leaf else b""
    root = pack(directory([(entries[0][0], 0, len(leaves), 0)] if leaf else entries))
    at = HEADER.size
    way = 2 if packed else 1
    head = HEADER.pack(
        b"PMTiles", 3, at, len(root), 0, 0, at + len(root), len(leaves), at + len(root) + len(leaves), len(body),
        0, 0, 0, 1, way, way, 1, 0, 14, 0, 0, 0, 0, 0, 0, 0,
    )  # fmt: skip
    path.write_bytes(head + root + leaves + body)
    return path


@pytest.mark.parametrize("tile", KNOWN)
def test_tiles_have_the_numbers_of_the_specification(tile):
    assert tile_id(*tile) == KNOWN[tile]


@given(st.integers(0, 6))
def test_every_tile_of_a_zoom_has_a_number_of_its_own(zoom):
    side = range(1 << zoom)
    first = sum(4**smaller for smaller in range(zoom))
    assert sorted(tile_id(zoom, x, y) for x in side for y in side) == list(range(first, first + 4**zoom))


@given(tiles)
def test_neighbours_on_the_curve_lie_side_by_side(tile):
    z, x, y = tile
    beside = {tile_id(z, x + dx, y) for dx in (-1, 1) if 0 <= x + dx < 1 << z}
    beside |= {tile_id(z, x, y + dy) for dy in (-1, 1) if 0 <= y + dy < 1 << z}
    number, last = tile_id(z, x, y), ((1 << 2 * z + 2) - 1) // 3 - 1
    assert number == last or number + 1 in beside


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("leaf", [True, False])
def test_a_tile_is_found_and_a_missing_one_is_nothing(tmp_path, packed, leaf):
    made = {tile_id(0, 0, 0): b"the whole", tile_id(2, 1, 1): b"a quarter", tile_id(3, 7, 0): b"a corner"}
    archive = open_archive(written(tmp_path / "base.pmtiles", made, packed=packed, leaf=leaf))
    assert (archive.kind, archive.max_zoom) == ("mvt", 14)
    assert archive.tile(0, 0, 0) == b"the whole"
    assert archive.tile(2, 1, 1) == b"a quarter"
    assert archive.tile(3, 7, 0) == b"a corner"
    assert archive.tile(2, 1, 2) is None


@pytest.mark.parametrize("content", [b"", b"PMTiles", b"PK\x03\x04" * 100, HEADER.pack(b"PMTiles", 2, *[0] * 24)])
def test_a_file_that_is_no_archive_is_refused(tmp_path, content):
    path = tmp_path / "base.pmtiles"
    path.write_bytes(content)
    with pytest.raises(NotReadableError):
        open_archive(path)


@given(st.integers(HEADER.size, 400), st.binary(min_size=1, max_size=40))
def test_a_spoilt_archive_gives_a_refusal_and_never_another_error(tmp_path_factory, at, spoilt):
    path = written(tmp_path_factory.mktemp("spoilt") / "base.pmtiles", {0: b"whole", 3: b"part" * 40}, packed=False)
    whole = bytearray(path.read_bytes())
    whole[at : at + len(spoilt)] = spoilt
    path.write_bytes(bytes(whole))
    try:
        open_archive(path).tile(1, 1, 1)
    except NotReadableError:
        return
