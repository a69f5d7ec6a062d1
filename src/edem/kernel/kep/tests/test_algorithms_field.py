"""GF(2^m): the laws of a field, against multiplication bit by bit."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edem.kernel.kep.algorithms.curves import RECOMMENDED
from edem.kernel.kep.algorithms.field import Field, compacted, spread

FIELDS = [curve.law.field for curve in RECOMMENDED]
# Every kind: one part, two bits more than one part, two parts; a trinomial and a pentanomial.
KINDS = [field for field in FIELDS if field.degree in (163, 233, 257, 367, 431)]
ELEMENTS = st.integers(min_value=0, max_value=(1 << 509) - 1)

fields = st.sampled_from(KINDS)


def element(field: Field, number: int) -> int:
    return spread(number & (1 << field.degree) - 1)


def bit_by_bit(one: int, other: int, field: Field) -> int:
    product = 0
    while other:
        product ^= one * (other & 1)
        one, other = one << 1, other >> 1
        one ^= field.modulus * (one >> field.degree & 1)
    return product


@settings(max_examples=60)
@given(fields, ELEMENTS, ELEMENTS)
def test_a_product_is_the_one_made_bit_by_bit(field, one, other):
    left, right = element(field, one), element(field, other)
    assert compacted(field.multiply(left, right)) == bit_by_bit(compacted(left), compacted(right), field)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: f"m{field.degree}")
def test_the_fullest_elements_multiply_without_a_carry(field):
    full = (1 << field.degree) - 1
    assert compacted(field.multiply(spread(full), spread(full))) == bit_by_bit(full, full, field)
    assert field.square(spread(full)) == field.multiply(spread(full), spread(full))


@settings(max_examples=40)
@given(fields, ELEMENTS, ELEMENTS, ELEMENTS)
def test_multiplication_distributes_and_commutes(field, one, other, third):
    a, b, c = element(field, one), element(field, other), element(field, third)
    assert field.multiply(a, b ^ c) == field.multiply(a, b) ^ field.multiply(a, c)
    assert field.multiply(a, b) == field.multiply(b, a)
    assert field.multiply(field.multiply(a, b), c) == field.multiply(a, field.multiply(b, c))


@settings(max_examples=40)
@given(fields, ELEMENTS)
def test_squaring_is_multiplying_by_itself_and_has_a_root(field, number):
    a = element(field, number)
    assert field.square(a) == field.multiply(a, a)
    assert field.root(field.square(a)) == a


@settings(max_examples=40)
@given(fields, st.lists(ELEMENTS, min_size=1, max_size=5))
def test_an_inverse_gives_one_alone_and_among_others(field, numbers):
    elements = [element(field, number) or 1 for number in numbers]
    inverses = field.inverses(elements)
    assert inverses == [field.inverse(a) for a in elements]
    assert all(field.multiply(a, inverse) == 1 for a, inverse in zip(elements, inverses, strict=True))


def test_zero_has_no_inverse():
    with pytest.raises(ZeroDivisionError):
        FIELDS[0].inverse(0)


@settings(max_examples=25)
@given(fields, ELEMENTS)
def test_the_trace_is_the_sum_of_conjugates_and_a_half_trace_solves_the_quadratic(field, number):
    a = element(field, number)
    total, conjugate = a, a
    for _ in range(field.degree - 1):
        conjugate = field.square(conjugate)
        total ^= conjugate
    assert field.trace(a) == total
    solution = field.half_trace(a)
    assert field.square(solution) ^ solution == a ^ field.trace(a)
