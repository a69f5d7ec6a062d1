"""DSTU 4145: the standard's example, and that nothing but the right signature is accepted."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edem.kernel.kep.algorithms.curve import Point
from edem.kernel.kep.algorithms.curves import NAMED, RECOMMENDED
from edem.kernel.kep.algorithms.dstu4145 import (
    Signature,
    element_of,
    public_of,
    read_signature,
    sign,
    verify,
    write_signature,
)
from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.tests.test_algorithms_curves import plus_small, small_points
from edem.kernel.kep.tests.vectors import EXAMPLE, example_curve, from_hex, needs_vectors, number, vectors

M163 = NAMED["m163"]
# Two numbers s fit each r, and zero counts as one: far from tiny numbers neither is a bit away.
SECRETS = st.integers(min_value=0, max_value=1 << 160).map(lambda number: number + 3**95)
DIGESTS = st.binary(min_size=30, max_size=30).map(lambda octets: b"\5\5" + octets)


def test_the_example_of_the_standard_is_signed_and_verified():
    curve = example_curve()
    public = Point(number(EXAMPLE["Qx"]), number(EXAMPLE["Qy"]))
    digest = from_hex(EXAMPLE["H"])
    assert public_of(number(EXAMPLE["d"]), curve) == public
    signature = sign(number(EXAMPLE["d"]), digest, curve, nonce=number(EXAMPLE["k"]))
    assert signature == (number(EXAMPLE["r"]), number(EXAMPLE["s"]))
    assert write_signature(signature, curve) == from_hex(EXAMPLE["r"]) + from_hex(EXAMPLE["s"])
    assert verify(public, digest, signature, curve)


@needs_vectors
@pytest.mark.real_data
def test_the_example_beside_the_project_is_the_same():
    published = vectors()["dstu4145_annexB_m163"]
    assert {name: published[f"test_{name}"] for name in ("H", "d", "Qx", "Qy", "k")} == {
        name: EXAMPLE[name] for name in ("H", "d", "Qx", "Qy", "k")
    }
    assert (published["test_R"], published["test_S"]) == (EXAMPLE["r"], EXAMPLE["s"])


@pytest.mark.parametrize("curve", RECOMMENDED, ids=lambda curve: curve.name)
def test_what_is_signed_is_verified_on_every_curve(curve):
    private, nonce, digest = curve.order // 3, curve.order // 7 * 5, bytes(range(64))
    public = public_of(private, curve)
    signature = sign(private, digest, curve, nonce=nonce)
    assert verify(public, digest, signature, curve)
    assert not verify(public, digest[1:], signature, curve)
    octets = write_signature(signature, curve)
    assert read_signature(octets) == signature
    assert read_signature(write_signature(signature, curve, order="big"), order="big") == signature


@settings(max_examples=12)
@given(SECRETS, SECRETS, DIGESTS, st.data())
def test_one_changed_bit_anywhere_is_refused(private, nonce, digest, data):
    public = public_of(private, M163)
    signature = sign(private, digest, M163, nonce=nonce)
    assert verify(public, digest, signature, M163)
    bit = 1 << data.draw(st.integers(min_value=0, max_value=162))
    assert not verify(public, digest, Signature(signature.r ^ bit, signature.s), M163)
    assert not verify(public, digest, Signature(signature.r, signature.s ^ bit), M163)
    changed = (int.from_bytes(digest, "little") ^ bit).to_bytes(32, "little")
    assert not verify(public, changed, signature, M163)
    assert not verify(public_of(private + 1, M163), digest, signature, M163)


@pytest.mark.parametrize("wrong", [0, M163.order, M163.order + 1, -1])
def test_numbers_outside_the_order_are_refused(wrong):
    public, digest = public_of(5, M163), bytes(32)
    r, s = sign(5, digest, M163, nonce=7)
    assert verify(public, digest, Signature(r, s), M163)
    assert not verify(public, digest, Signature(wrong, s), M163)
    assert not verify(public, digest, Signature(r, wrong), M163)


def test_a_number_and_the_same_with_the_order_added_are_not_both_accepted():
    public, digest = public_of(5, M163), bytes(32)
    r, s = sign(5, digest, M163, nonce=7)
    assert not verify(public, digest, Signature(r, s + M163.order), M163)
    assert not verify(public, digest, Signature(r + M163.order, s), M163)


def test_a_key_outside_the_group_verifies_nothing():
    """Forgery by a key of order two would be easy: r·Q is then infinity every second time."""
    digest = bytes(range(32))
    signature = sign(5, digest, M163, nonce=7)
    # r depends on the nonce alone; with Q of order two and r even, s = nonce would be accepted.
    for nonce in range(9, 40):
        alone = Signature(sign(5, digest, M163, nonce=nonce).r, nonce)
        assert not any(verify(point, digest, alone, M163) for point in small_points(M163))
    for point in (Point(0, 0), Point(1, 1), Point(M163.base.x, M163.base.y ^ 1), Point(1 << 163, 0), Point(-1, 0)):
        assert not verify(point, digest, signature, M163)
    assert not verify(plus_small(public_of(5, M163), M163), digest, signature, M163)


def test_a_digest_of_zeros_counts_as_one():
    assert element_of(bytes(32), M163) == 1
    # Only the lowest bits of the field's length count.
    assert element_of(bytes(20) + b"\x08" + b"\xff" * 11, M163) == 1
    assert element_of(bytes(20) + b"\x04", M163) == 1 << 162


@pytest.mark.parametrize("octets", [b"", b"\1", bytes(41), bytes(258)])
def test_a_signature_of_a_strange_length_is_unreadable(octets):
    with pytest.raises(Unreadable, match=r"dstu4145\.signature_size"):
        read_signature(octets)


def test_signing_takes_only_numbers_of_the_group():
    for private, nonce in ((0, 1), (1, 0), (M163.order, 1), (1, M163.order)):
        with pytest.raises(ValueError, match="between zero and the order"):
            sign(private, bytes(32), M163, nonce=nonce)
