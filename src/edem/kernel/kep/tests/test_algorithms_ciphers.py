"""GOST 28147, wrapping of keys, agreement: the published example, there and back, and refusals."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edem.kernel.kep.algorithms.agreement import cofactor_secret, plain_secret
from edem.kernel.kep.algorithms.curves import NAMED
from edem.kernel.kep.algorithms.dstu4145 import public_of
from edem.kernel.kep.algorithms.gost28147 import Gost28147
from edem.kernel.kep.algorithms.gost_hash import gost34311
from edem.kernel.kep.algorithms.kdf import gost_key, kupyna_key
from edem.kernel.kep.algorithms.key_wrap import unwrap_key, wrap_key
from edem.kernel.kep.algorithms.kupyna import kupyna
from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.tests.test_algorithms_curves import small_points
from edem.kernel.kep.tests.vectors import from_hex

KEYS = st.binary(min_size=32, max_size=32)
STARTS = st.binary(min_size=8, max_size=8)
MESSAGES = st.binary(max_size=70)
# The self-test of a certified library (UAPKI): the key that wraps, the initial value, the key, the wrapped key.
WRAPPING = {
    "key": "01000000010000000100000001000000ffffffffffffffffffffffffffffffff",
    "start": "f477da7aa6424a88",
    "content_key": "01020304010203040102030401020304f1f2f3f4f5f6f7f8f1f2f3f4f5f6f7f8",
    "wrapped": "52a513f1b4172ca6b5f1b8a03ca9a4e0acb6e00e11e5e9bcdd446222eb97238dc3e4e24d2ec03e05a568ec51",
}


@settings(max_examples=40)
@given(KEYS, STARTS, MESSAGES)
def test_every_way_of_encrypting_leads_back(key, start, message):
    cipher = Gost28147(key)
    whole = message + bytes(-len(message) % 8)
    assert cipher.decrypt(cipher.encrypt(whole)) == whole
    assert cipher.decrypt_feedback(cipher.encrypt_feedback(message, start=start), start=start) == message
    assert cipher.add_gamma(cipher.add_gamma(message, start=start), start=start) == message


@settings(max_examples=20)
@given(KEYS, STARTS, st.binary(min_size=9, max_size=40), st.data())
def test_feedback_cut_anywhere_gives_the_beginning_of_the_whole(key, start, message, data):
    cipher = Gost28147(key)
    cut = data.draw(st.integers(min_value=0, max_value=len(message)))
    whole = cipher.encrypt_feedback(message, start=start)
    assert cipher.encrypt_feedback(message[:cut], start=start) == whole[:cut]
    assert cipher.add_gamma(message, start=start)[:cut] == cipher.add_gamma(message[:cut], start=start)


@settings(max_examples=20)
@given(KEYS, st.binary(min_size=8, max_size=40), st.data())
def test_a_changed_bit_changes_the_mac(key, message, data):
    bit = data.draw(st.integers(min_value=0, max_value=8 * len(message) - 1))
    changed = (int.from_bytes(message, "little") ^ 1 << bit).to_bytes(len(message), "little")
    assert Gost28147(key).mac(message) != Gost28147(key).mac(changed)


def test_the_published_key_is_wrapped_and_unwrapped():
    key, start, content_key, wrapped = (from_hex(WRAPPING[name]) for name in ("key", "start", "content_key", "wrapped"))
    assert wrap_key(content_key, key, start=start) == wrapped
    assert unwrap_key(wrapped, key) == content_key


@settings(max_examples=25)
@given(KEYS, KEYS, STARTS, st.integers(min_value=0, max_value=44 * 8 - 1))
def test_a_wrapped_key_with_a_changed_bit_is_refused(content_key, key, start, bit):
    wrapped = wrap_key(content_key, key, start=start)
    assert unwrap_key(wrapped, key) == content_key
    changed = (int.from_bytes(wrapped, "big") ^ 1 << bit).to_bytes(len(wrapped), "big")
    with pytest.raises(Unreadable, match=r"key_wrap\.mac"):
        unwrap_key(changed, key)


def test_another_key_and_another_length_are_refused():
    wrapped = from_hex(WRAPPING["wrapped"])
    with pytest.raises(Unreadable, match=r"key_wrap\.mac"):
        unwrap_key(wrapped, bytes(32))
    with pytest.raises(Unreadable, match=r"key_wrap\.size"):
        unwrap_key(wrapped[:-1], bytes(32))


@pytest.mark.parametrize(
    "wrongly",
    [
        lambda: Gost28147(bytes(31)),
        lambda: Gost28147(bytes(32)).encrypt(bytes(7)),
        lambda: Gost28147(bytes(32)).add_gamma(b"", start=bytes(7)),
        lambda: wrap_key(bytes(31), bytes(32), start=bytes(8)),
    ],
)
def test_wrong_lengths_are_errors_of_the_caller(wrongly):
    with pytest.raises(ValueError, match=r"bytes|blocks"):
        wrongly()


@pytest.mark.parametrize("name", ["m163", "m173"])
def test_both_sides_agree(name):
    curve = NAMED[name]
    ours, theirs = 12345678901234567890, curve.order - 987654321
    secret = cofactor_secret(ours, public_of(theirs, curve), curve)
    assert secret == cofactor_secret(theirs, public_of(ours, curve), curve)
    assert len(secret) == curve.field_size
    assert plain_secret(ours, public_of(theirs, curve), curve) == plain_secret(theirs, public_of(ours, curve), curve)
    assert plain_secret(ours, public_of(theirs, curve), curve) != secret
    assert plain_secret(curve.cofactor * ours, public_of(theirs, curve), curve) == secret


def test_no_secret_is_agreed_with_a_point_outside_the_group():
    curve = NAMED["m173"]
    for point in small_points(curve):
        with pytest.raises(Unreadable, match=r"point\.not_in_the_group"):
            cofactor_secret(5, point, curve)


def test_the_derived_key_is_the_digest_of_secret_counter_and_info():
    secret, info = b"\0\0\7secret", b"info"
    assert gost_key(secret, info) == gost34311(b"\7secret\0\0\0\1info")
    assert kupyna_key(secret, info) == kupyna(secret + b"\0\0\0\1info", bits=256)
    assert gost_key(secret, info, size=40) == gost_key(secret, info) + gost34311(b"\7secret\0\0\0\2info")[:8]
