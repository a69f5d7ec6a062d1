"""Maps: the pin writes into its form, in Chromium under the strict policy; hosts and files of the base are checked."""

import json
from io import BytesIO

import pytest
from PIL import Image, ImageColor
from playwright.sync_api import expect

from edem.config.front_door.static_room import base_tile
from edem.kernel.geo.areas import area_from_geojson
from edem.kernel.geo.cells import tile_of
from edem.kernel.geo.pmtiles import tile_id
from edem.kernel.geo.points import Point
from edem.kernel.geo.tests.test_pmtiles import varint, written
from edem.ui.maps import map_hosts, map_setup, own_base
from edem.ui.tests.browser import ORIGIN, axe_faults, opened
from edem.ui.tests.test_islands import page_with

PIN = """<form><input name="lat"><input name="lon"><input name="accuracy_m">
<map-pin data-map="{{ setup }}" data-bounds="[28.6,50.2,28.7,50.3]" data-here="Де я" data-help="Торкніться мапи." data-set="Поставлено."
data-unknown="Невідомо."></map-pin></form><script type="module" src="{% load static %}{% static "ui/js/maps/map-pin.js" %}"></script>
<link rel="stylesheet" href="{% static "vendor/maplibre-gl.css" %}"><link rel="stylesheet" href="{% static "ui/map.css" %}">"""

CIRCLE = """(async () => {
  const circle = document.querySelector("map-pin").map.getSource("circle")
  if (!circle) return null
  const lats = (await circle.getData()).coordinates[0].map(corner => corner[1])
  return (Math.max(...lats) - Math.min(...lats)) * 111320
})()"""
"""From its south to its north, in metres."""


def values(page):
    return [page.locator(f"[name={name}]").input_value() for name in ("lat", "lon", "accuracy_m")]


@pytest.mark.browser
def test_the_pin_writes_what_a_finger_or_a_photo_says():
    with opened(page_with(PIN, setup=map_setup()), width=360, theme="light") as page:
        page.goto(ORIGIN + "/")
        expect(page.locator("map-pin canvas")).to_be_visible(timeout=20_000)
        page.wait_for_function("() => document.querySelector('map-pin').map !== undefined")
        box = page.locator("map-pin .map").bounding_box()
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        lat, lon, accuracy = values(page)
        assert (float(lat), float(lon), accuracy) == (
            pytest.approx(50.25, abs=0.01),
            pytest.approx(28.65, abs=0.01),
            "",
        )
        expect(page.get_by_role("status")).to_have_text("Поставлено.")
        page.evaluate("document.querySelector('map-pin').place = {lat: 50.1, lon: 28.1, accuracy_m: 12.6}")
        assert values(page) == ["50.100000", "28.100000", "13"]
        assert (page.faults, axe_faults(page, without=("label", "page-has-heading-one"))) == ([], [])


@pytest.mark.browser
def test_a_pin_that_reaches_so_far_shows_how_far():
    reaching = PIN.replace(
        "<map-pin ", '<select name="radius"><option>500<option>2000</select><map-pin data-radius="radius" '
    )
    with opened(page_with(reaching, setup=map_setup()), width=360, theme="light") as page:
        page.goto(ORIGIN + "/")
        page.wait_for_function("() => document.querySelector('map-pin').map !== undefined")
        assert page.evaluate(CIRCLE) is None
        page.evaluate("document.querySelector('map-pin').place = {lat: 50.25, lon: 28.65}")
        near = page.evaluate(CIRCLE)
        page.locator("select").select_option("2000")
        far = page.evaluate(CIRCLE)
        assert (near, far) == (pytest.approx(1000, rel=0.01), pytest.approx(4000, rel=0.01))
        assert page.faults == []


@pytest.mark.browser
def test_without_scripts_the_pin_is_nothing():
    with opened(page_with(PIN, setup=map_setup()), width=360, theme="light", scripts=False) as page:
        page.goto(ORIGIN + "/")
        assert page.locator("map-pin").inner_text() == ""


def test_hosts_of_a_foreign_base_are_named_and_none_when_there_is_none(settings):
    assert map_hosts() == []
    changed = {"map_style_url": "https://maps.example/style.json", "map_hosts": ["https://tiles.example/"]}
    settings.EDEM = settings.EDEM.model_copy(update=changed)
    assert map_hosts() == ["https://maps.example", "https://tiles.example"]


def test_a_base_that_cannot_be_read_is_left_out(tmp_path):
    spoilt = tmp_path / "spoilt.pmtiles"
    spoilt.write_bytes(b"no map")
    assert own_base(spoilt) is None
    assert own_base(tmp_path / "missing.pmtiles") is None
    assert own_base(written(tmp_path / "base.pmtiles", {0: b"whole"}))["kind"] == "vector"


AREA = """<form><label for="area">Територія</label><textarea id="area" name="area">{{ drawn }}</textarea>
<area-map data-draws="area" data-map="{{ setup }}" data-bounds="[28.6,50.2,28.7,50.3]" data-help="Торкайтеся." data-few="Кутів: {n}."
data-whole="Ділянка, кутів: {n}." data-here="Кут у середині" data-back="Прибрати" data-anew="Наново"></area-map></form>
<script type="module" src="{% load static %}{% static "ui/js/maps/area-map.js" %}"></script>
<link rel="stylesheet" href="{% static "vendor/maplibre-gl.css" %}"><link rel="stylesheet" href="{% static "ui/map.css" %}">"""
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[28.62, 50.22], [28.68, 50.22], [28.68, 50.28], [28.62, 50.28], [28.62, 50.22]]],
}


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_an_area_is_drawn_by_touches_or_by_keys_and_stands_in_its_field_as_geojson(width):
    with opened(page_with(AREA, setup=map_setup(), drawn=""), width=width, theme="light") as page:
        page.goto(ORIGIN + "/")
        expect(page.locator("area-map[data-ready]")).to_be_attached(timeout=20_000)
        box = page.locator("area-map .map").bounding_box()
        for x, y in ((0.3, 0.3), (0.7, 0.3)):
            page.mouse.click(box["x"] + box["width"] * x, box["y"] + box["height"] * y)
        expect(page.get_by_role("status")).to_have_text("Кутів: 2.")
        assert page.locator("textarea").input_value() == ""
        page.get_by_role("button", name="Кут у середині").press("Enter")
        expect(page.get_by_role("status")).to_have_text("Ділянка, кутів: 3.")
        [ring] = json.loads(page.locator("textarea").input_value())["coordinates"]
        assert (len(ring), ring[0] == ring[-1]) == (4, True)
        assert area_from_geojson({"type": "Polygon", "coordinates": [ring]}).km2() > 0
        page.get_by_role("button", name="Прибрати").click()
        assert page.locator("textarea").input_value() == ""
        assert (page.faults, axe_faults(page, without=("page-has-heading-one",))) == ([], [])
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.browser
def test_an_area_that_is_there_is_shown_and_its_corners_can_be_moved():
    with opened(page_with(AREA, setup=map_setup(), drawn=json.dumps(SQUARE)), width=1280, theme="dark") as page:
        page.goto(ORIGIN + "/")
        expect(page.locator("area-map[data-ready]")).to_be_attached(timeout=20_000)
        corners = page.locator("area-map .maplibregl-marker")
        expect(corners).to_have_count(4)
        where = corners.first.bounding_box()
        page.mouse.move(where["x"] + where["width"] / 2, where["y"] + where["height"] / 2)
        page.mouse.down()
        page.mouse.move(where["x"] + 60, where["y"] + 40, steps=4)
        page.mouse.up()
        [ring] = json.loads(page.locator("textarea").input_value())["coordinates"]
        assert ring[0] != SQUARE["coordinates"][0][0]
        assert ring[1:4] == SQUARE["coordinates"][0][1:4]
        assert page.faults == []


def zigzag(number):
    return number << 1 ^ number >> 31


def held(field, content):
    return varint(field << 3 | 2) + varint(len(content)) + content


def half_water():
    """A vector tile whose upper half is water, as Protomaps names its layers."""
    corners = [9, 0, 0, 26, zigzag(4096), 0, 0, zigzag(2048), zigzag(-4096), 0, 15]
    feature = varint(3 << 3) + varint(3) + held(4, b"".join(map(varint, corners)))
    layer = held(1, b"water") + held(2, feature) + varint(5 << 3) + varint(4096) + varint(15 << 3) + varint(2)
    return held(3, layer)


@pytest.mark.browser
def test_the_operator_s_own_file_is_drawn_under_the_map(tmp_path, settings):
    """The archive is of our own making: no base map is shipped, so nothing here says how a real town looks."""
    here = [(z, *tile_of(Point(50.25, 28.65), z)) for z in range(9, 15)]
    around = {tile_id(z, x + right, y + down) for z, x, y in here for right in (-1, 0, 1) for down in (-1, 0, 1)}
    archive = written(tmp_path / "base.pmtiles", dict.fromkeys(around, half_water()))
    settings.EDEM = settings.EDEM.model_copy(update={"map_archive": archive})
    asked = []

    def answer(route):
        asked.append(route.request.url)
        tile = base_tile(route.request.url.partition("/static/")[2])
        if tile is None:
            return route.fulfill(status=404, body="")
        return route.fulfill(body=tile.body, content_type=dict(tile.headers)[b"content-type"].decode())

    with opened(page_with(PIN, setup=map_setup()), width=360, theme="light") as page:
        page.route("**/base-map/**", answer)
        page.goto(ORIGIN + "/")
        water = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--closed-soft').trim()")
        for _ in range(80):  # the tiles are drawn some frames after they came
            colours = colours_of(page)
            if ImageColor.getrgb(water) in colours:
                break
            page.wait_for_timeout(250)
        assert asked
        assert ImageColor.getrgb(water) in colours, (water, len(colours))
        assert page.faults == []


def colours_of(page):
    drawn = Image.open(BytesIO(page.locator("map-pin .map").screenshot())).convert("RGB")
    return {colour for _, colour in drawn.getcolors(1 << 20) or []}
