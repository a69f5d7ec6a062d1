"""Streams of BER become definite, whatever is wrong is Unreadable, and DER comes out as it went in."""

import contextlib
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.kernel.kep import ber, der, write
from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.tests.hierarchy import signer
from edem.kernel.kep.tests.vectors import FOLDER, needs_vectors

elements = st.recursive(
    st.one_of(st.integers().map(write.integer), st.binary(max_size=300).map(write.octets)),
    lambda inner: st.lists(inner, max_size=4).map(lambda parts: write.sequence(*parts)),
    max_leaves=12,
)


def streamed(source: bytes) -> bytes:
    """The same with an indefinite length at each level, and octet strings in pieces."""
    node = der.read(source)
    if node.tag == der.Tag.OCTET_STRING:
        body = node.body
        pieces = [write.octets(body[place : place + 7]) for place in range(0, len(body), 7)]
        return b"\x24\x80" + b"".join(pieces) + b"\x00\x00"
    if node.tag != der.Tag.SEQUENCE:
        return source
    return b"\x30\x80" + b"".join(streamed(child.raw) for child in node.sequence()) + b"\x00\x00"


@given(elements)
def test_a_stream_becomes_what_der_would_have_been(source):
    assert ber.with_definite_lengths(streamed(source)) == source
    assert ber.with_definite_lengths(source) == source


def test_a_certificate_comes_out_as_it_went_in():
    assert ber.with_definite_lengths(signer().certificate.der) == signer().certificate.der
    assert not ber.is_streamed(signer().certificate.der)


@needs_vectors
@pytest.mark.real_data
def test_real_messages_come_out_as_they_went_in():
    for place in (0, 1, 3, 4):
        source = (FOLDER / f"uapki-{place}.p7s").read_bytes()
        assert ber.with_definite_lengths(source) == source


@pytest.mark.full
@pytest.mark.skipif(shutil.which("openssl") is None, reason="OpenSSL's program is not here")
def test_what_openssl_streams_is_read(tmp_path):
    """`openssl cms -stream` writes BER: the content in pieces, lengths indefinite."""
    content = tmp_path / "content"
    content.write_bytes(b"12345678" * 1000)
    made = subprocess.run(
        ["openssl", "cms", "-data_create", "-stream", "-binary", "-in", content, "-outform", "DER"],
        capture_output=True,
        check=True,
    ).stdout
    assert ber.is_streamed(made)
    fields = der.read(ber.with_definite_lengths(made)).sequence()
    fields.next()
    assert fields.next().inside().octets() == content.read_bytes()


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("", "ber.cut_short"),
        ("3080", "ber.cut_short"),
        ("3080020101", "ber.cut_short"),
        ("30800201010000ff", "ber.bytes_left_over"),
        ("048001020000", "ber.indefinite_primitive"),
        ("2480020101" + "0000", "ber.bad_piece"),
        ("3089" + "00" * 9, "ber.bad_length"),
        ("30880000000000000001", "ber.cut_short"),
        ("1f810100", "ber.unknown_tag"),
        ("3080" * 60, "ber.too_deep"),
    ],
)
def test_a_broken_stream_is_refused(source, code):
    with pytest.raises(Unreadable) as refused:
        ber.with_definite_lengths(bytes.fromhex(source))
    assert refused.value.code == code


def test_a_stream_of_countless_elements_is_refused():
    with pytest.raises(Unreadable) as refused:
        ber.with_definite_lengths(b"\x30\x80" + write.NULL * 60_000 + b"\x00\x00")
    assert refused.value.code == "ber.too_many"


def test_loose_lengths_become_minimal():
    assert ber.with_definite_lengths(bytes.fromhex("3083000003020101")) == bytes.fromhex("3003020101")


@given(st.binary(max_size=200))
def test_any_bytes_are_made_definite_or_are_unreadable(source):
    with contextlib.suppress(Unreadable):
        der.read(ber.with_definite_lengths(source))
