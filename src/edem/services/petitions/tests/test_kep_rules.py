"""The text that is signed by КЕП: the same to the byte for everybody, and told apart from every other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.services.petitions.rules.kep import Worded, assurance_for, wording_of

words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=60)


def worded(**more):
    usual = {"community": "Вишневогірська громада", "katottg": "UA990100000000", "number": 5, "edition": 1}
    return Worded(**(usual | {"title": "Освітити стежку", "demand": "14 ліхтарів", "essence": "Темно"} | more))


def test_the_text_is_the_same_to_the_byte_today_and_in_ten_years():
    """A changed form would make every kept signature fail: then this checksum is changed on purpose, and only then."""
    assert wording_of(worded()).sha256 == "7a3047b7c5243d3448fe181e31303f4c93a9ffde0aa555e78319c1f48a488e3c"


@given(words, words, words)
def test_the_text_is_plain_composed_and_told_apart_by_every_word(title, demand, essence):
    one = wording_of(worded(title=title, demand=demand, essence=essence))
    assert one == wording_of(worded(title=title, demand=demand, essence=essence))
    assert b"\r" not in one.content
    assert not one.content.startswith(b"\xef\xbb\xbf")
    assert all(line == line.rstrip() for line in one.text.split("\n")[:-1] if "Назва" not in line)


@pytest.mark.parametrize(
    "more",
    [{"number": 6}, {"edition": 2}, {"katottg": "UA1"}, {"title": "Інша"}, {"demand": "15"}, {"essence": "Ясно"}],
)
def test_another_petition_is_another_text(more):
    assert wording_of(worded()).sha256 != wording_of(worded(**more)).sha256


def test_line_endings_and_spaces_that_nobody_sees_make_no_other_text():
    seen = wording_of(worded(essence="Темно.\nЩодня."))
    assert wording_of(worded(essence="  Темно.  \r\nЩодня.\r\n")).sha256 == seen.sha256
    assert wording_of(worded(title="Освітити   стежку ")).sha256 == wording_of(worded()).sha256
    assert wording_of(worded(title="Ї".encode().decode())).sha256 == wording_of(worded(title="Ї")).sha256


def test_a_signature_over_the_text_counts_wherever_kep_counts():
    assert assurance_for(()) == "kep_file"
    assert assurance_for(("dig_sign", "diia_id")) == "dig_sign"
    assert assurance_for(("diia_id",)) == "kep_file"
