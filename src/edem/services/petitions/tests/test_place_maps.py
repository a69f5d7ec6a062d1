"""The two maps of places in Chromium: the one that a form offers, and the one under a petition's text."""

import json

import pytest
from playwright.sync_api import expect

from edem.services.petitions.web.place_form import PlaceForm
from edem.ui.maps import map_setup
from edem.ui.tests.browser import ORIGIN, axe_faults, opened
from edem.ui.tests.test_islands import page_with

pytestmark = pytest.mark.browser

STYLES = """{% load static %}{% include "petitions/place_head.html" %}"""
FORM = (
    STYLES
    + """{% form form submit="Додати" %}{% endform %}{% include "petitions/place_pin.html" %}
<script type="module" src="{% static "petitions/js/place.js" %}"></script>"""
)
TOLD = (
    STYLES
    + """{% include "petitions/places_told.html" %}
<script type="module" src="{% static "petitions/js/places-map.js" %}"></script>"""
)
PINS = [{"lat": 50.25, "lon": 28.65, "words": "майдан Соборний"}, {"lat": 50.26, "lon": 28.67, "words": ""}]
NO_HEADING = ("page-has-heading-one", "heading-order")


def a_form(**typed):
    return {
        "form": PlaceForm(initial=typed, settlements=[]),
        "map_setup": map_setup(),
        "bounds": "[28.6,50.2,28.7,50.3]",
    }


def pin_of(page):
    return [page.locator(f"input[name={name}]").input_value() for name in ("lat", "lon")]


def test_the_map_of_a_form_comes_when_it_is_opened_and_a_pin_can_be_put_and_taken_away():
    with opened(page_with(FORM, **a_form()), width=360, theme="light") as page:
        page.goto(ORIGIN + "/")
        assert page.locator("canvas").count() == 0
        page.get_by_text("Позначити на мапі").click()
        page.wait_for_function("() => document.querySelector('map-pin')?.map !== undefined", timeout=20_000)
        box = page.locator("map-pin .map").bounding_box()
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        assert [float(each) for each in pin_of(page)] == [
            pytest.approx(50.25, abs=0.01),
            pytest.approx(28.65, abs=0.01),
        ]
        page.get_by_role("button", name="Прибрати позначку").click()
        expect(page.get_by_role("status")).to_have_text("Позначку прибрано.")
        assert pin_of(page) == ["", ""]
        assert (page.faults, axe_faults(page, without=NO_HEADING)) == ([], [])


def test_a_form_with_a_pin_shows_it_at_once():
    with opened(page_with(FORM, **a_form(lat=50.25, lon=28.65)), width=360, theme="light") as page:
        page.goto(ORIGIN + "/")
        expect(page.locator("map-pin .maplibregl-marker")).to_be_visible(timeout=20_000)
        assert page.faults == []


def test_the_pins_of_a_petition_are_drawn_with_their_words():
    told = {"places": [], "pins": json.dumps(PINS), "map_setup": map_setup()}
    with opened(page_with(TOLD, **told), width=360, theme="light") as page:
        page.goto(ORIGIN + "/")
        expect(page.locator(".maplibregl-marker")).to_have_count(2, timeout=20_000)
        page.locator(".maplibregl-marker").first.click()
        expect(page.locator(".maplibregl-popup")).to_contain_text("майдан Соборний")
        assert (page.faults, axe_faults(page, without=NO_HEADING)) == ([], [])


def test_without_scripts_the_address_is_enough():
    with opened(page_with(FORM, **a_form()), width=360, theme="light", scripts=False) as page:
        page.goto(ORIGIN + "/")
        assert page.get_by_text("Позначити на мапі").count() == 0
        expect(page.get_by_label("Місце")).to_be_visible()
