"""Areas: real borders come in, hostile ones are told what is wrong with them."""

import json
from itertools import pairwise
from math import nan
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.kernel.errors import Invalid
from edem.kernel.geo.areas import MOST_CORNERS, area_from_geojson, area_from_text
from edem.kernel.geo.points import Point, distance_m

SQUARE = [[30.0, 50.0], [30.2, 50.0], [30.2, 50.1], [30.0, 50.1], [30.0, 50.0]]
BORDERS = Path(__file__).resolve().parents[6] / "shared/data/geo"
real_data = pytest.mark.real_data


def polygon(*rings):
    return {"type": "Polygon", "coordinates": list(rings)}


def square(lon, lat, size=0.01):
    return [[lon, lat], [lon + size, lat], [lon + size, lat + size], [lon, lat + size], [lon, lat]]


def nested(depth):
    value = [30.0, 50.0]
    for _ in range(depth):
        value = [value]
    return value


HOSTILE = {
    "crosses itself": (polygon([[30, 50], [31, 51], [31, 50], [30, 51], [30, 50]]), "geo.area_crosses_itself"),
    "hole outside": (polygon(SQUARE, square(33, 50)), "geo.area_crosses_itself"),
    "no rings": (polygon(), "geo.area_empty"),
    "an empty ring": (polygon([]), "geo.area_empty"),
    "two corners": (polygon([[30, 50], [31, 50], [30, 50]]), "geo.area_empty"),
    "a line there and back": (polygon([[30, 50], [31, 50], [32, 50], [30, 50]]), "geo.area_crosses_itself"),
    "the whole Earth": (polygon([[-180, -85], [180, -85], [180, 85], [-180, 85], [-180, -85]]), "geo.area_too_large"),
    "too many corners": (polygon([[30 + n / 1e6, 50] for n in range(MOST_CORNERS + 1)]), "geo.area_too_large"),
    "too many rings": (polygon(*[SQUARE] * 6_000), "geo.area_too_large"),
    "latitude first": (polygon([[lat, lon] for lon, lat in SQUARE]), "geo.coordinates_swapped"),
    "nested too deep": (polygon(nested(500)), "geo.not_an_area"),
    "NaN": (polygon([[30, 50], [31, nan], [31, 51], [30, 50]]), "geo.not_a_point"),
    "infinite": (polygon([[30, 50], [31, float("inf")], [31, 51], [30, 50]]), "geo.not_a_point"),
    "outside of the Earth": (polygon([[30, 50], [3100, 50], [31, 51], [30, 50]]), "geo.not_a_point"),
    "an endless number": (polygon([[30, 50], [10**400, 50], [31, 51], [30, 50]]), "geo.not_a_point"),
    "words for numbers": (polygon([["30", "50"], ["31", "50"], ["31", "51"]]), "geo.not_a_point"),
    "a point": ({"type": "Point", "coordinates": [30, 50]}, "geo.not_an_area"),
    "a collection": ({"type": "GeometryCollection", "geometries": [polygon(SQUARE)]}, "geo.not_an_area"),
    "no geometry": ({"type": "Feature", "geometry": None, "properties": {}}, "geo.not_an_area"),
    "features that are none": ({"type": "FeatureCollection", "features": [1, None]}, "geo.not_an_area"),
    "no features": ({"type": "FeatureCollection", "features": []}, "geo.area_empty"),
    "a type that is a list": ({"type": [1], "coordinates": []}, "geo.not_an_area"),
    "a list": ([SQUARE], "geo.not_an_area"),
    "nothing": (None, "geo.not_an_area"),
    "a map of corners": (polygon({"0": [30, 50]}), "geo.not_an_area"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_wrong_area_is_refused_by_its_own_fault(kind):
    value, code = HOSTILE[kind]
    with pytest.raises(Invalid) as refused:
        area_from_geojson(value)
    assert refused.value.code == code


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '{"type":' * 5_000, "null", "NaN"])
def test_a_text_that_is_no_geojson_is_refused(text):
    with pytest.raises(Invalid, match=r"geo\.not_an_area"):
        area_from_text(text)


def test_a_text_too_long_is_not_even_read():
    with pytest.raises(Invalid, match=r"geo\.area_too_large"):
        area_from_text(" " * 8_000_001)


def test_the_place_where_an_area_crosses_itself_is_told():
    with pytest.raises(Invalid) as refused:
        area_from_geojson(HOSTILE["crosses itself"][0])
    assert (float(refused.value.facts["lat"]), float(refused.value.facts["lon"])) == (50.5, 30.5)


@pytest.mark.parametrize("turn", [SQUARE, SQUARE[::-1], SQUARE[:-1]])
def test_direction_and_closing_of_a_ring_do_not_matter(turn):
    area = area_from_geojson(polygon(turn))
    assert area.contains(Point(50.05, 30.1))
    assert not area.contains(Point(50.15, 30.1))
    assert area.contains(Point(50.0, 30.1))


def test_a_hole_is_not_inside():
    area = area_from_geojson(polygon(SQUARE, square(30.05, 50.05)))
    assert not area.contains(Point(50.055, 30.055))
    assert area.distance_m(Point(50.055, 30.055)) == pytest.approx(356, rel=0.02)


def test_parts_that_overlap_are_one_area():
    both = {"type": "MultiPolygon", "coordinates": [[SQUARE], [square(30.1, 50.05, 0.3)]]}
    area = area_from_geojson(both)
    assert area.contains(Point(50.3, 30.3))
    assert area.km2() < area_from_geojson(polygon(SQUARE)).km2() + 21.5 * 33.5


@given(st.floats(49.9, 50.3), st.floats(29.8, 30.4))
def test_the_distance_to_an_area_is_that_to_its_nearest_edge(lat, lon):
    area, point = area_from_geojson(polygon(SQUARE)), Point(lat, lon)
    nearest = Point(min(max(lat, 50.0), 50.1), min(max(lon, 30.0), 30.2))
    assert area.distance_m(point) == pytest.approx(distance_m(point, nearest), rel=0.01, abs=0.5)
    assert (area.distance_m(point) == 0) == area.contains(point)


@given(st.lists(st.tuples(st.floats(30, 31), st.floats(50, 51)), max_size=9))
def test_whatever_is_drawn_is_an_area_or_a_refusal(corners):
    try:
        area = area_from_geojson(polygon([list(corner) for corner in corners]))
    except Invalid:
        return  # any other exception fails the test
    else:
        assert area_from_text(json.dumps(area.geojson())).km2() == pytest.approx(area.km2())


@real_data
@pytest.mark.skipif(not BORDERS.exists(), reason="the real borders are not beside the project")
def test_the_border_of_every_community_of_the_country_is_an_area_or_says_why_not():
    features = json.loads((BORDERS / "ua_hromadas_katottg.geojson").read_text())["features"]
    refused = {}
    for feature in features:
        try:
            area = area_from_geojson(feature)
        except Invalid as fault:
            refused.setdefault(fault.code, []).append(feature["properties"]["name"])
        else:
            assert 1 < area.km2() < 5_000, feature["properties"]["name"]
    assert set(refused) <= {"geo.area_crosses_itself"}
    assert sum(map(len, refused.values())) <= len(features) * 0.01


@real_data
@pytest.mark.skipif(not BORDERS.exists(), reason="the real borders are not beside the project")
def test_a_point_of_zhytomyr_lies_in_zhytomyr_alone():
    features = json.loads((BORDERS / "four_pilot_hromadas.geojson").read_text())["features"]
    areas = {feature["properties"]["name"]: area_from_geojson(feature) for feature in features}
    assert [name for name, area in areas.items() if area.contains(Point(50.2547, 28.6587))] == [
        "Житомирська міська громада"
    ]
    far = sorted(area.distance_m(Point(50.2547, 28.6587)) for area in areas.values())
    assert far[0] == 0
    assert all(one < other for one, other in pairwise(far))
