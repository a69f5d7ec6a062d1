from itertools import combinations
from xml.dom.minidom import parseString

from hypothesis import given
from hypothesis import strategies as st

from edem.ui.ornament import ROWS, _whole, band, cloth, design, emblem
from edem.ui.ornament_motifs import BETWEEN, MAINS

LARGEST = 4096
codes = st.from_regex(r"\AUA[0-9]{17}\Z")


@given(codes)
def test_the_band_is_the_same_every_time_small_and_well_formed(code):
    assert band(code) == band(code)
    assert len(band(code).encode()) <= LARGEST
    for drawing in (band(code), emblem(code)):
        assert parseString(drawing).documentElement.tagName == "svg"  # noqa: S318 - our own drawing


@given(codes)
def test_the_band_is_symmetrical_about_its_motif(code):
    main = len(_whole(MAINS[design(code).main])[0])
    for row in cloth(code)[2:-2]:
        around = row + row + row
        middle = len(row) + main // 2
        assert around[middle - main : middle] == around[middle + 1 : middle + main + 1][::-1]


@given(codes)
def test_every_period_has_the_same_height_and_both_threads(code):
    rows = cloth(code)
    assert len(rows) == ROWS
    assert len({len(row) for row in rows}) == 1
    assert {"x", "o"} <= set("".join(rows))


def test_motifs_are_drawn_without_a_slip_of_the_hand():
    for name, half in [*MAINS.items(), *((str(number), half) for number, half in enumerate(BETWEEN))]:
        assert len(half) in {6, 11}, name
        assert len({len(row) for row in half}) == 1, name
        assert set("".join(half)) <= set(".xo"), name


def test_communities_look_different():
    """Of two hundred communities hardly any two have less than a tenth of the cloth sewn otherwise."""
    cloths = [cloth(f"UA{number:017d}") for number in range(0, 4000, 20)]
    pairs = list(combinations(cloths, 2))
    alike = sum(difference(one, other) < 0.1 for one, other in pairs)
    assert alike / len(pairs) < 0.02


def test_all_motifs_are_met_among_the_country_s_codes():
    met = {design(f"UA{number:017d}").main for number in range(400)}
    assert met == set(MAINS)


def test_the_threads_follow_the_page_s_tokens_or_the_given_colours():
    assert "var(--thread)" in band("UA05020030010063857")
    printed = band("UA05020030010063857", threads=("#102030", "#405060"))
    assert "var(" not in printed
    assert "#102030" in printed


def difference(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    width = 60
    pairs = [
        (a, b)
        for left, right in zip(one, other, strict=True)
        for a, b in zip((left * width)[:width], (right * width)[:width], strict=True)
    ]
    return sum(a != b for a, b in pairs) / len(pairs)
