"""Money never loses a kopiyka."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.kernel.errors import Invalid
from edem.kernel.money import Hryvnias, total

amounts = st.integers(-(10**14), 10**14).map(Hryvnias)


@given(amounts)
def test_what_is_written_is_read_back(amount):
    assert Hryvnias.read(str(amount)) == amount


@pytest.mark.parametrize(
    ("text", "kopiykas"),
    [("1 234,50 грн", 123450), ("1234.5", 123450), ("−7 ₴", -700), ("250 000 грн.", 25_000_000), ("0,01", 1)],
)
def test_money_is_read_as_people_write_it(text, kopiykas):
    assert Hryvnias.read(text).kopiykas == kopiykas


@pytest.mark.parametrize("text", ["", "сто", "1,005", "грн", "1 грн 50 коп"])
def test_unclear_money_is_refused_and_never_rounded(text):
    with pytest.raises(Invalid):
        Hryvnias.read(text)


def test_money_is_written_with_its_sign():
    assert str(Hryvnias(123450)).replace("\u00a0", " ") == "1 234,50 ₴"
    assert str(Hryvnias(100000)).replace("\u00a0", " ") == "1 000 ₴"


@given(st.integers(0, 10**14).map(Hryvnias), st.lists(st.integers(0, 1000), min_size=1).filter(any))
def test_split_shares_add_up_to_the_whole(amount, weights):
    shares = amount.split(weights)
    assert total(shares) == amount
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share.kopiykas - Fraction(amount.kopiykas * weight, sum(weights))) < 1


def test_money_cannot_be_split_by_nothing():
    with pytest.raises(ValueError, match="weights"):
        Hryvnias(100).split([0, 0])


def test_a_share_is_rounded_to_the_nearest_kopiyka():
    assert Hryvnias(1000).share(Decimal("0.125")) == Hryvnias(125)
    assert Hryvnias(100).share(Fraction(1, 3)) == Hryvnias(33)
    assert Hryvnias(1).share(Fraction(1, 2)) == Hryvnias(1)


@given(amounts, amounts)
def test_sums_are_exact_and_ordered(one, other):
    assert (one + other) - other == one
    assert (one < other) == (one.kopiykas < other.kopiykas)
    assert one + -one == Hryvnias()
