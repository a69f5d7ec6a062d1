"""GOST 34.311 and Kupyna on the examples printed in their standards."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edem.kernel.kep.algorithms.gost_hash import gost34311
from edem.kernel.kep.algorithms.kupyna import kupyna
from edem.kernel.kep.algorithms.sbox import DKE_1, EXAMPLES
from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.tests.vectors import from_hex, needs_vectors, vectors

# DSTU 7564:2014, annex B: 00 01 02 … and so many bits of it.
COUNTING = bytes(range(256))


@pytest.mark.parametrize(
    ("message", "digest"),
    [
        ("This is message, length=32 bytes", "b1c466d37519b82e8319819ff32595e047a28cb6f83eff1c6916a815a637fffa"),
        (
            "Suppose the original message has length = 50 bytes",
            "471aba57a60a770d3a76130635c1fbea4ef14de51f78b4ae57dd893b62f55208",
        ),
    ],
)
def test_gost_gives_the_digests_of_its_annex(message, digest):
    assert gost34311(message.encode(), sbox=EXAMPLES).hex() == digest


def test_the_ukrainian_table_gives_other_digests():
    assert gost34311(b"") != gost34311(b"", sbox=EXAMPLES)
    assert gost34311(b"") == gost34311(b"", sbox=DKE_1)


def test_a_table_of_another_size_is_unreadable():
    with pytest.raises(Unreadable, match=r"sbox\.size"):
        gost34311(b"", sbox=DKE_1[1:])


@pytest.mark.parametrize(
    ("size", "digest"),
    [
        (0, "cd5101d1ccdf0d1d1f4ada56e888cd724ca1a0838a3521e7131d4fb78d0f5eb6"),
        (64, "08f4ee6f1be6903b324c4e27990cb24ef69dd58dbe84813ee0a52f6631239875"),
        (95, "1075c8b0cb910f116bda5fa1f19c29cf8ecc75caff7208ba2994b68fc56e8d16"),
        (128, "0a9474e645a7d25e255e9e89fff42ec7eb31349007059284f0b182e452bda882"),
        (256, "d305a32b963d149dc765f68594505d4077024f836c1bf03806e1624ce176c08f"),
    ],
)
def test_kupyna_256_gives_the_digests_of_its_annex(size, digest):
    assert kupyna(COUNTING[:size], bits=256).hex() == digest


@pytest.mark.parametrize(
    ("size", "digest"),
    [
        (0, ("656b2f4cd71462388b64a37043ea55dbe445d452aecd46c3298343314ef04019"
            "bcfa3f04265a9857f91be91fce197096187ceda78c9c1c021c294a0689198538")),
        (64, ("3813e2109118cdfb5a6d5e72f7208dccc80a2dfb3afdfb02f46992b5edbe536b"
            "3560dd1d7e29c6f53978af58b444e37ba685c0dd910533ba5d78efffc13de62a")),
        (128, ("76ed1ac28b1d0143013ffa87213b4090b356441263c13e03fa060a8cada32b97"
            "9635657f256b15d5fca4a174de029f0b1b4387c878fcc1c00e8705d783fd7ffe")),
    ],
)  # fmt: skip
def test_kupyna_512_gives_the_digests_of_its_annex(size, digest):
    assert kupyna(COUNTING[:size], bits=512).hex() == digest


@settings(max_examples=25)
@given(st.binary(max_size=300), st.data())
def test_any_changed_bit_changes_every_digest(message, data):
    longer = message + b"\0"
    place = data.draw(st.integers(min_value=0, max_value=8 * len(longer) - 1))
    number = int.from_bytes(longer, "big") ^ 1 << place
    other = number.to_bytes(len(longer), "big")
    assert gost34311(longer) != gost34311(other)
    assert kupyna(longer, bits=256) != kupyna(other, bits=256)
    assert len(kupyna(longer, bits=384)) == 48
    # Padding with zeros must not make two messages one.
    assert gost34311(message) != gost34311(longer)
    assert kupyna(message, bits=512) != kupyna(longer, bits=512)


@needs_vectors
@pytest.mark.real_data
def test_every_published_digest_is_given():
    gost, of_kupyna = vectors()["gost34311"], vectors()["kupyna_dstu7564_hash"]
    for number in "12":
        assert gost34311(from_hex(gost[f"M{number}"]), sbox=EXAMPLES).hex() == gost[f"H{number}"]
    digests = {name: digest for name, digest in of_kupyna.items() if name.startswith("H")}
    assert len(digests) == 12
    for name, digest in digests.items():
        kind, _, size = name.partition("_")
        messages = {"NULL": b"", "8bit": from_hex(of_kupyna["M1"])}
        message = messages.get(
            size, from_hex(of_kupyna["M2"])[: int(size.removesuffix("bit")) // 8 if size[0].isdigit() else 0]
        )
        assert kupyna(message, bits=int(kind[1:])).hex() == digest, name
