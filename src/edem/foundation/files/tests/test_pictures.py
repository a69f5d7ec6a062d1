"""What a photo tells, and what is left of it; videos by their skeleton."""

import math
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageEnhance

from edem.config.testing.needs import needs_data
from edem.foundation.files.blurring import Rectangle, blurred
from edem.foundation.files.likeness import difference, likeness_of
from edem.foundation.files.pictures import drawn_anew
from edem.foundation.files.rules import IMAGES, VIDEOS, Kind, check_may_take
from edem.foundation.files.sightings import Sighting, sighting_of
from edem.foundation.files.tests.contents import bomb, photo_with_place, picture
from edem.foundation.files.tests.videos import WEBM, box, mp4
from edem.foundation.files.thumbnails import SIDE, small_of
from edem.foundation.files.videos import check_may_keep, video_kind
from edem.kernel.errors import Invalid

NOW = datetime(2026, 3, 2, tzinfo=UTC)
HEIC = (Path(__file__).parent / "pothole.heic").read_bytes()
"""Drawn by program and packed with libheif, with a place and a time in it."""
REAL = Path(__file__).parents[6] / "shared" / "data" / "photos"
SAME, CHANCE = 10, 16


def street(seed=0, size=(800, 600)):
    drawn = Image.new("RGB", size, "#8a8a84")
    pen = ImageDraw.Draw(drawn)
    for each in range(12):
        at = (each * 97 + seed * 131) % size[0], (each * 61 + seed * 173) % size[1]
        pen.ellipse((*at, at[0] + 160, at[1] + 90), fill=(20 * each % 255, 90 + seed * 9 % 160, 40))
    return drawn


def jpeg(drawn, quality=90):
    packed = BytesIO()
    drawn.save(packed, "JPEG", quality=quality)
    return packed.getvalue()


def photo(gps, **times):
    exif = Image.Exif()
    exif[0x010F] = "Камера-3000"
    exif.get_ifd(0x8825).update(gps)
    exif.get_ifd(0x8769).update(times.get("inside", {}))
    return picture(exif=exif)


def test_a_photo_tells_its_place_before_it_forgets():
    told = sighting_of(photo_with_place(), Kind.JPEG, now=NOW)
    assert (round(told.lat, 6), round(told.lon, 6)) == (50.25, 28.666667)
    assert sighting_of(drawn_anew(photo_with_place(), Kind.JPEG).content, Kind.JPEG, now=NOW) == Sighting()


def test_an_iphone_s_photo_becomes_a_jpeg_and_tells_its_place_and_time():
    assert check_may_take(HEIC, accept=IMAGES) is Kind.HEIC
    told = sighting_of(HEIC, Kind.HEIC, now=NOW)
    assert (told.lat, round(told.lon, 4), told.taken_at) == (50.25, 28.6667, datetime(2026, 3, 1, 8, 15, tzinfo=UTC))
    drawn = drawn_anew(HEIC, Kind.HEIC)
    assert (drawn.kind, drawn.width, drawn.height) == (Kind.JPEG, 64, 48)
    assert "Камера".encode() not in drawn.content


@pytest.mark.parametrize("left", [30, 100, 500, len(HEIC) - 40])
def test_an_iphone_s_photo_that_does_not_decode_is_refused_in_words(left):
    with pytest.raises(Invalid, match="broken_picture"):
        drawn_anew(HEIC[:left], Kind.HEIC)


@pytest.mark.parametrize(
    "gps",
    [
        {1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)},
        {1: "N", 2: (91.0, 0.0, 0.0), 3: "E", 4: (28.0, 0.0, 0.0)},
        {1: "N", 2: (50.0, 15.0, 0.0)},
        {},
    ],
)
def test_a_place_that_cannot_be_is_no_place(gps):
    assert not sighting_of(photo(gps), Kind.JPEG, now=NOW).has_place


def test_south_and_west_are_below_zero():
    told = sighting_of(photo({1: "S", 2: (33.0, 30.0, 0.0), 3: "W", 4: (70.0, 0.0, 36.0)}), Kind.JPEG, now=NOW)
    assert (told.lat, round(told.lon, 4)) == (-33.5, -70.01)


def test_a_camera_that_names_no_zone_keeps_kyiv_time():
    told = sighting_of(photo({}, inside={0x9003: "2026:03:01 10:15:00"}), Kind.JPEG, now=NOW)
    assert told.taken_at == datetime(2026, 3, 1, 8, 15, tzinfo=UTC)


def test_a_photo_from_the_future_has_no_time():
    assert sighting_of(photo({}, inside={0x9003: "2031:03:01 10:15:00"}), Kind.JPEG, now=NOW).taken_at is None


@given(st.binary(max_size=400))
def test_broken_exif_spoils_nothing(rest):
    content = b"\xff\xd8\xff\xe1" + len(rest).to_bytes(2, "big") + b"Exif\0\0" + rest
    assert sighting_of(content, Kind.JPEG, now=NOW) == Sighting()


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_fifty_thousand_by_fifty_thousand_is_refused_by_its_header(kind):
    with pytest.raises(Invalid, match=r"files\.(broken_picture|picture_too_large)"):
        drawn_anew(bomb(50_000, 50_000), Kind(kind.lower()))


def test_the_same_photo_made_smaller_darker_and_coarser_is_still_the_same():
    one = street()
    again = ImageEnhance.Brightness(one.resize((410, 300))).enhance(0.8)
    assert difference(likeness_of(jpeg(one), Kind.JPEG), likeness_of(jpeg(again, 40), Kind.JPEG)) <= SAME


def test_other_places_are_not_alike():
    marks = [likeness_of(jpeg(street(seed)), Kind.JPEG) for seed in range(6)]
    assert min(difference(a, b) for i, a in enumerate(marks) for b in marks[:i]) >= CHANCE


def test_an_empty_wall_is_like_nothing():
    assert likeness_of(picture(), Kind.JPEG) is None


@given(st.integers(-(2**63), 2**63 - 1), st.integers(-(2**63), 2**63 - 1))
def test_likeness_is_counted_in_64_bits(one, other):
    assert difference(one, other) == difference(other, one) <= 64
    assert difference(one, one) == 0


def test_what_was_blurred_cannot_be_read_any_more():
    plate = Image.new("RGB", (400, 300), "white")
    pen = ImageDraw.Draw(plate)
    for x in range(100, 200, 10):
        pen.rectangle((x, 100, x + 4, 150), fill="black")
    drawn = blurred(jpeg(plate), Kind.JPEG, [Rectangle(left=0.25, top=1 / 3, width=0.25, height=1 / 6)])
    with Image.open(BytesIO(drawn.content)) as after:
        inside = list(after.convert("L").crop((105, 105, 195, 145)).tobytes())
        assert after.getpixel((10, 10)) == (255, 255, 255), "what stands beside is untouched"
    assert max(inside) - min(inside) < 100, "black bars on white have gone"


@pytest.mark.parametrize("wrong", [math.nan, -0.1, 1.0, math.inf])
def test_a_rectangle_outside_the_picture_is_refused(wrong):
    with pytest.raises(Invalid, match="nothing_to_blur"):
        blurred(picture(), Kind.JPEG, [Rectangle(left=wrong, top=0, width=0.1, height=0.1)])


def test_a_small_picture_is_small():
    with Image.open(BytesIO(small_of(jpeg(street(size=(2000, 1000))), Kind.JPEG))) as small:
        assert (small.format, small.size) == ("WEBP", (SIDE, SIDE // 2))


@pytest.mark.parametrize(("content", "kind"), [(mp4(), Kind.MP4), (mp4(brand=b"qt  "), Kind.MOV), (WEBM, Kind.WEBM)])
def test_a_video_is_told_by_its_content(content, kind):
    assert check_may_keep(BytesIO(content), size=len(content), accept=VIDEOS) is kind
    with pytest.raises(Invalid, match="kind_not_taken"):
        check_may_take(content, accept=IMAGES)


@pytest.mark.parametrize("content", [mp4()[:-1], mp4() + b"<script>", box(b"ftyp", b"isom0000"), WEBM[:12]])
def test_a_video_that_is_not_whole_is_refused(content):
    with pytest.raises(Invalid, match="broken_video"):
        check_may_keep(BytesIO(content), size=len(content), accept=VIDEOS)


@given(st.binary(max_size=200))
def test_any_bytes_get_an_answer(content):
    assert video_kind(BytesIO(content)) in {None, *VIDEOS}


@pytest.mark.real_data
@needs_data(REAL)
@pytest.mark.parametrize(
    ("name", "lat", "lon"), [("pothole_1", 51.400514, -2.599256), ("pothole_2", 51.400922, -2.599556)]
)
def test_real_photos_tell_their_place_and_stand_upright(name, lat, lon):
    content = (REAL / f"{name}.jpg").read_bytes()
    told = sighting_of(content, Kind.JPEG, now=NOW)
    assert (round(told.lat, 6), round(told.lon, 6)) == (lat, lon)
    assert told.taken_at.date().isoformat() == "2017-05-19"
    drawn = drawn_anew(content, Kind.JPEG)
    assert drawn.height > drawn.width
    assert b"Exif" not in drawn.content
    assert b"iPhone" not in drawn.content
