"""The recommended curves are sound; hostile parameters and points are refused, quickly."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edem.kernel.kep.algorithms import curves
from edem.kernel.kep.algorithms.affine_sums import sum_of
from edem.kernel.kep.algorithms.curve import Curve, Parameters, Point
from edem.kernel.kep.algorithms.curves import NAMED, RECOMMENDED, curve_of
from edem.kernel.kep.algorithms.dstu4145 import compress_point, expand_point, is_usable, public_of
from edem.kernel.kep.algorithms.field import compacted
from edem.kernel.kep.algorithms.multiplying import SEEN_OFTEN, terms_of
from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.tests.vectors import needs_vectors, number, vectors

M163, M173, M257 = NAMED["m163"], NAMED["m173"], NAMED["m257"]
PRIVATE = st.integers(min_value=1, max_value=1 << 160)


def small_points(curve: Curve) -> list[Point]:
    """The point of order two, (0, √b), and with cofactor four the two of order four, whose doubles it is."""
    two = Point(0, compacted(curve.law.field.root(curve.law.b)))
    if curve.cofactor == 2:
        return [two]
    field = curve.law.field
    x = field.root(field.root(curve.law.b))
    return [two, *(Point(compacted(x), compacted(y)) for y in (field.square(x), field.square(x) ^ x))]


@pytest.mark.parametrize("curve", RECOMMENDED, ids=lambda curve: curve.name)
def test_a_recommended_curve_passes_what_is_asked_of_any_other(curve):
    curves._check_field(curve.parameters)
    curves._check_order(curve)
    curves._check_base(curve)
    assert is_usable(curve.base, curve)


@needs_vectors
@pytest.mark.real_data
@pytest.mark.parametrize("curve", RECOMMENDED, ids=lambda curve: curve.name)
def test_a_recommended_curve_is_the_published_one(curve):
    published = vectors()["curves"][f"DSTU4145_M{curve.degree}_PB"]
    assert curve.parameters == Parameters(
        degree=published["poly"][0],
        middle=tuple(published["poly"][1:-1]),
        a=published["a"],
        b=number(published["b_le"]),
        order=number(published["n_le"]),
        base=Point(number(published["px_le"]), number(published["py_le"])),
    )


def test_known_parameters_give_the_named_curve():
    assert curve_of(M257.parameters) is M257


def test_another_base_point_gives_a_curve_without_a_name():
    other = M163.times(3, M163.base)
    assert curve_of(replace(M163.parameters, base=other)).name is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"degree": 161}, "curve.degree"),
        ({"degree": 165}, "curve.degree"),
        ({"degree": 100_003}, "curve.degree"),
        ({"middle": ()}, "curve.modulus"),
        ({"middle": (3, 6, 7)}, "curve.modulus"),
        ({"middle": (162, 6, 3)}, "curve.modulus"),
        ({"middle": (7, 6, 0)}, "curve.modulus"),
        ({"middle": (7, 6, 4)}, "curve.modulus_reducible"),
        ({"a": 2}, "curve.coefficients"),
        ({"b": 0}, "curve.coefficients"),
        ({"b": 1 << 163}, "curve.coefficients"),
        ({"order": M163.order + 2}, "curve.order"),
        ({"order": 0}, "curve.order"),
        ({"order": (1 << 159) - 91}, "curve.order"),
        ({"order": (1 << 521) - 1}, "curve.order"),
        ({"base": Point(M163.base.x, M163.base.y ^ 1)}, "curve.base"),
        ({"base": Point(0, 0)}, "curve.base"),
        ({"b": M163.parameters.b ^ 1}, "curve.base"),
    ],
)
def test_hostile_parameters_are_refused(changes, code):
    with pytest.raises(Unreadable) as refused:
        curve_of(replace(M163.parameters, **changes))
    assert refused.value.code == code


def test_an_order_far_from_what_the_field_allows_is_refused():
    # A prime of the right length, but no small multiple of it is within Hasse's range.
    with pytest.raises(Unreadable, match=r"curve\.cofactor"):
        curve_of(replace(M163.parameters, order=(3 << 160) + 91))


def test_a_base_point_outside_the_group_is_refused():
    with pytest.raises(Unreadable, match=r"curve\.base_order"):
        curve_of(replace(M163.parameters, base=plus_small(M163.base, M163)))


def plus_small(point: Point, curve: Curve) -> Point:
    law = curve.law
    return curve.to_point(law.added((*curve.to_affine(point), 1), curve.to_affine(small_points(curve)[-1])))


@pytest.mark.parametrize("curve", [M163, M173, M257], ids=lambda curve: curve.name)
def test_points_of_small_order_are_not_usable(curve):
    for small in small_points(curve):
        assert curve.has(small)
        assert not is_usable(small, curve)
    mixed = plus_small(curve.base, curve)
    assert curve.has(mixed)
    assert not is_usable(mixed, curve)


@settings(max_examples=10)
@given(st.sampled_from([M163, M173]), PRIVATE)
def test_whatever_is_offered_the_short_check_agrees_with_the_order(curve, private):
    """A point is in the group when its order is the group's: asked by halving, told by multiplying."""
    inside = public_of(private, curve)
    for point in (inside, plus_small(inside, curve)):
        assert is_usable(point, curve) == (curve.times(curve.order, point) is None)


@settings(max_examples=12)
@given(st.sampled_from([M163, M173, M257]), PRIVATE, st.sampled_from(["little", "big"]))
def test_a_point_is_found_again_from_its_compressed_form(curve, private, order):
    point = public_of(private, curve)
    octets = compress_point(point, curve, order=order)
    assert len(octets) == curve.field_size
    assert expand_point(octets, curve, order=order) == point


def test_what_is_no_point_of_the_group_is_not_expanded():
    with pytest.raises(Unreadable, match=r"point\.size"):
        expand_point(bytes(20), M163)
    with pytest.raises(Unreadable, match=r"point\.too_long"):
        expand_point(b"\xff" * 21, M163)
    with pytest.raises(Unreadable, match=r"point\.not_in_the_group"):
        expand_point(bytes(21), M163)


@settings(max_examples=25)
@given(st.sampled_from([M163, M173]), PRIVATE)
def test_any_octets_give_a_point_of_the_group_or_a_refusal(curve, number):
    octets = number.to_bytes(curve.field_size, "little")
    try:
        point = expand_point(octets, curve)
    except Unreadable:
        return
    assert curve.times(curve.order, point) is None
    assert compress_point(point, curve)[1:] == octets[1:]


@settings(max_examples=8)
@given(PRIVATE, PRIVATE)
def test_multiples_add_up(one, other):
    """The group law: (one + other)·P digit by digit, one·P + other·P, and the fast ways of both are the same."""
    curve = M163
    law, base = curve.law, curve.to_affine(curve.base)
    [first] = law.affine([law.multiple(one, base)])
    [second] = law.affine([law.multiple(other, base)])
    whole = curve.times(one + other, curve.base)
    assert curve.to_point(law.added((*first, 1), second)) == whole
    terms = [*terms_of(one, curve.base, curve), *terms_of(other, curve.base, curve)]
    assert sum_of(law, terms) == curve.to_affine(whole)


@pytest.mark.parametrize("curve", [M163, M173], ids=lambda curve: curve.name)
def test_a_point_seen_often_is_multiplied_as_a_new_one(curve):
    point = curve.times(123456789, curve.base)
    number = curve.order * 5 // 7
    expected = curve.to_affine(curve.times(number, point))
    found = [list(terms_of(number, point, curve)) for _ in range(SEEN_OFTEN + 2)]
    assert all(sum_of(curve.law, terms) == expected for terms in found)
    # The kept way needs fewer points: the test would not see it otherwise.
    assert len(found[-1]) < len(found[0])
    for small in (0, 1, 2, 7, 8, 9, curve.order - 1):
        whole = sum_of(curve.law, list(terms_of(small, point, curve)))
        assert whole == (curve.to_affine(curve.times(small, point)) if small else None)


def test_a_point_and_its_opposite_make_infinity():
    law, (x, y) = M163.law, M163.to_affine(M163.base)
    assert M163.to_point(law.added((x, y, 1), (x, x ^ y))) is None
    assert M163.to_point(law.added((x, y, 1), (x, y))) == M163.times(2, M163.base)
    assert M163.times(M163.order, M163.base) is None
