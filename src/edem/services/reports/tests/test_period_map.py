"""The small map: true proportions, every state its shape, a scale that says how far."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.services.reports.rules.lifecycle import ON_THE_MAP, State
from edem.services.reports.rules.period_map import HEIGHT, MARKS, WIDTH, Look, map_svg
from edem.services.reports.rules.period_told import Dot

LOOK = Look(
    tones=dict.fromkeys(State, "#123"), ink="#000", line="#ccc", north="Пн", font="inherit", scale=lambda m: f"{m} м"
)
dots = st.builds(
    Dot,
    lat=st.floats(-85, 85),
    lon=st.floats(-179, 179),
    state=st.sampled_from([state.value for state in ON_THE_MAP]),
)


@given(st.lists(dots, min_size=1, max_size=20))
def test_every_point_lies_on_the_picture(points):
    svg = map_svg(points, look=LOOK, label="Мапа")
    drawn = ET.fromstring(svg)  # noqa: S314 - our own
    assert drawn.get("viewBox") == f"0 0 {WIDTH} {HEIGHT}"
    for x, y in re.findall(r'cx="([-\d.]+)" cy="([-\d.]+)"', svg):
        assert 0 <= float(x) <= WIDTH
        assert 0 <= float(y) <= HEIGHT


def test_north_is_up_and_east_is_right():
    west, east = (Dot(lat=49.0, lon=30.0 + step, state="open") for step in (0, 0.02))
    south, north = (Dot(lat=49.0 + step, lon=30.0, state="open") for step in (0, 0.01))
    svg = map_svg([west, east, north, south], look=LOOK, label="")
    circles = [(float(x), float(y)) for x, y in re.findall(r'cx="([-\d.]+)" cy="([-\d.]+)"', svg)]
    last_first = dict(zip(("south", "north", "east", "west"), circles, strict=True))
    assert last_first["east"][0] > last_first["west"][0]
    assert last_first["north"][1] < last_first["south"][1]


def test_a_kilometre_is_as_long_to_the_east_as_to_the_north():
    """At 60 degrees a degree of longitude is half as long as one of latitude."""
    corner = Dot(lat=60.0, lon=30.0, state="open")
    svg = map_svg(
        [corner, Dot(lat=60.01, lon=30.0, state="open"), Dot(lat=60.0, lon=30.02, state="open")], look=LOOK, label=""
    )
    (ex, ey), (nx, ny), (x, y) = [(float(a), float(b)) for a, b in re.findall(r'cx="([-\d.]+)" cy="([-\d.]+)"', svg)]
    assert ex - x == pytest.approx(y - ny, rel=0.01)
    assert (ey, nx) == (y, x)


def test_states_differ_by_shape_and_nothing_is_drawn_of_nothing():
    assert set(MARKS) == ON_THE_MAP
    shapes = {map_svg([Dot(lat=49.0, lon=30.0, state=state)], look=LOOK, label="") for state in ON_THE_MAP}
    assert len(shapes) == len(ON_THE_MAP)
    assert map_svg([], look=LOOK, label="") == ""
