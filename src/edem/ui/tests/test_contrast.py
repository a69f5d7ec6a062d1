import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.ui.contrast import (
    DARK_GROUNDS,
    LIGHT_GROUNDS,
    TEXT_RATIO,
    contrast,
    dark_accent,
    light_accent,
    mixed,
    tokens_css,
)
from edem.ui.styles import HERE

TOKENS = HERE / "look" / "10-tokens.css"
colours = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def test_black_on_white_is_the_greatest_contrast():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)  # the well-known grey that just fails


@given(colours, colours)
def test_contrast_does_not_mind_the_order(one, other):
    assert contrast(one, other) == contrast(other, one) >= 1


@given(colours)
def test_any_colour_a_community_chooses_can_be_read_in_the_light(chosen):
    made = light_accent(chosen)
    for shade in (made.accent, made.deep):
        assert all(contrast(shade, ground) >= TEXT_RATIO for ground in (*LIGHT_GROUNDS, made.soft, made.ink))


@given(colours)
def test_any_colour_a_community_chooses_can_be_read_in_the_dark(chosen):
    made = dark_accent(chosen)
    for shade in (made.accent, made.deep):
        assert all(contrast(shade, ground) >= TEXT_RATIO for ground in (*DARK_GROUNDS, made.soft, made.ink))


def test_a_good_colour_is_left_alone():
    assert light_accent("#2346c7").accent == "#2346c7"


@given(colours, colours)
def test_mixing_starts_at_one_colour_and_ends_at_the_other(one, other):
    assert mixed(one, other, part=0) == one
    assert mixed(one, other, part=1) == other


def test_the_look_has_every_token_for_light_dark_and_print():
    css = tokens_css("#7a1f3d")
    assert css.count("--accent:#") == 4
    assert css.count("{") == css.count("}")


@pytest.mark.parametrize("wrong", ["red", "#abc", "#12345g", "#2346c7;}body{display:none", ""])
def test_what_is_not_a_colour_never_gets_into_the_stylesheet(wrong):
    with pytest.raises(ValueError):  # a colour is checked where it is typed, this is the last door
        tokens_css(wrong)


def test_every_ground_of_the_stylesheet_is_reckoned_with():
    """A new soft ground would otherwise be the one on which a community's links cannot be read."""
    grounds = re.compile(r"--(?:paper|surface|sunken|(?!accent)\w+-soft): (#[0-9a-f]+)")
    light, dark, dark_again, _paper = re.findall(r"color-scheme: (?:light|dark);.*?}", TOKENS.read_text(), re.DOTALL)
    assert {whole(found) for found in grounds.findall(light)} == set(LIGHT_GROUNDS)
    assert set(grounds.findall(dark)) == set(grounds.findall(dark_again)) == set(DARK_GROUNDS)


def whole(colour):
    return colour if len(colour) == 7 else "#" + "".join(2 * digit for digit in colour[1:])
