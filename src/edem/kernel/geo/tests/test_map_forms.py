"""Both forms in which a map gets its points say the same again when they are read."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.kernel.errors import Invalid
from edem.kernel.geo.cells import ZOOM, tile_box, tile_of
from edem.kernel.geo.columns import read_columns, write_columns
from edem.kernel.geo.tests.test_points import here
from edem.kernel.geo.tiles import EXTENT, pixels_of, write_tile

numbers = st.integers(-(2**50), 2**50)


@given(st.lists(st.tuples(numbers, numbers)), st.sampled_from([(), ("one",), ("one", "other")]))
def test_columns_say_the_same_again(rows, deltas):
    columns = {"one": [row[0] for row in rows], "other": [row[1] for row in rows]}
    written = write_columns(columns, deltas=deltas)
    assert read_columns(written) == columns
    assert json.loads(written)["count"] == len(rows)


def test_columns_of_different_lengths_are_a_bug():
    with pytest.raises(ValueError, match="different lengths"):
        write_columns({"one": [1], "other": []})


def test_what_is_no_columns_is_refused():
    with pytest.raises(Invalid, match=r"geo\.not_columns"):
        read_columns(b"[1, 2]")


@given(st.lists(st.tuples(st.integers(-(2**40), 2**40), st.integers(1, 50))), st.booleans())
def test_a_column_of_long_runs_is_read_as_it_was(runs, in_steps):
    column = [number for number, times in runs for _ in range(times)]
    assert read_columns(write_columns({"one": column}, deltas=["one"] if in_steps else []))["one"] == column


@given(
    st.lists(st.tuples(here, st.integers(0, 2**40), st.integers(0, 9)), min_size=1, max_size=40), st.integers(0, ZOOM)
)
def test_a_tile_read_by_the_letter_of_the_standard_says_the_same(things, zoom):
    x, y = tile_of(things[0][0], zoom)
    lats, lons = [place.lat for place, _, _ in things], [place.lon for place, _, _ in things]
    places = pixels_of(lats, lons, z=zoom, x=x, y=y)
    states = [state for _, _, state in things]
    ids = [number for _, number, _ in things]
    name, features = tile_read(write_tile("reports", places, ids=ids, properties={"state": states, "count": ids}))
    assert name == "reports"
    assert [feature["id"] for feature in features] == ids
    assert [feature["state"] for feature in features] == states
    assert [feature["count"] for feature in features] == ids
    assert [feature["place"] for feature in features] == list(zip(*(axis.tolist() for axis in places), strict=True))


@given(here, st.integers(0, ZOOM))
def test_a_pixel_is_where_the_point_is(place, zoom):
    x, y = tile_of(place, zoom)
    (right,), (down,) = pixels_of([place.lat], [place.lon], z=zoom, x=x, y=y)
    assert 0 <= right < EXTENT
    assert 0 <= down < EXTENT
    box = tile_box(zoom, x, y)
    assert box.west + (box.east - box.west) * right / EXTENT == pytest.approx(
        place.lon, abs=1e-4 * 360 / (1 << zoom) * 4
    )


def test_a_tile_without_points_is_empty():
    assert write_tile("reports", pixels_of([], [], z=3, x=1, y=1), properties={"state": []}) == b""


def tile_read(tile):
    """A reader of its own, written from the standard and not from our writer."""
    (layer,) = [content for field, content in fields(tile) if field == 3]
    held = list(fields(layer))
    assert dict(held)[15] == 2
    keys = [content.decode() for field, content in held if field == 3]
    values = [dict(fields(content))[5] for field, content in held if field == 4]
    return dict(held)[1].decode(), [feature_read(content, keys, values) for field, content in held if field == 2]


def feature_read(content, keys, values):
    parts = dict(fields(content))
    assert parts[3] == 1
    tags = list(varints(parts.get(2, b"")))
    command, right, down = varints(parts[4])
    assert command == (1 | 1 << 3)
    named = {keys[key]: values[value] for key, value in zip(tags[::2], tags[1::2], strict=True)}
    return {"id": parts.get(1), "place": (unfolded(right), unfolded(down)), **dict.fromkeys(keys, 0), **named}


def unfolded(number):
    return (number >> 1) ^ -(number & 1)


def varints(content):
    number = shift = 0
    for byte in content:
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            yield number
            number = shift = 0


def fields(content):
    at = 0
    while at < len(content):
        tag, at = varint_at(content, at)
        number, at = varint_at(content, at)
        if tag & 7 == 2:
            yield tag >> 3, content[at : at + number]
            at += number
        else:
            assert tag & 7 == 0
            yield tag >> 3, number


def varint_at(content, at):
    number = shift = 0
    while True:
        byte = content[at]
        at += 1
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return number, at
