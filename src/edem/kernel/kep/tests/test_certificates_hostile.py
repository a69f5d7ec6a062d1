"""Whatever bytes come, readers answer or say Unreadable: they never hang, crash, or believe a changed certificate."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edem.kernel.kep import der
from edem.kernel.kep.certificates.bundle import certificates_in
from edem.kernel.kep.certificates.certificate import Certificate
from edem.kernel.kep.certificates.crl import RevocationList
from edem.kernel.kep.certificates.key_reading import read_public_key
from edem.kernel.kep.certificates.ocsp_answer import OcspAnswer
from edem.kernel.kep.certificates.status import Reason
from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.making.keys import ECDSA
from edem.kernel.kep.making.revocation import Issue, crl, ocsp_answer
from edem.kernel.kep.tests.hierarchy import NOW, authority, fresh_authority, signer
from edem.kernel.kep.tests.vectors import FOLDER, needs_vectors


def revocation_list() -> bytes:
    ca = fresh_authority()
    ca.revoke(signer().certificate, at=NOW, reason=Reason.HOLD)
    return crl(ca, Issue(at=NOW))


def answer() -> bytes:
    ca = fresh_authority()
    return ocsp_answer(ca, signer().certificate, by=ca.responder(), at=NOW, nonce=b"123")


GENUINE = {"certificate": signer().certificate.der, "list": revocation_list(), "answer": answer()}


def try_everything(source: bytes) -> None:
    for reading in (certificates_in, OcspAnswer.parse, read_public_key):
        with contextlib.suppress(Unreadable):
            reading(source)
    with contextlib.suppress(Unreadable):
        read = Certificate.parse(source)
        assert read.holder is not None
        assert read.public_key.description
    with contextlib.suppress(Unreadable):
        RevocationList.parse(source).entry_of(signer().certificate.serial)


@given(st.binary(max_size=400))
@settings(max_examples=60)
def test_any_bytes_are_read_or_unreadable(source):
    try_everything(source)


@pytest.mark.parametrize("genuine", GENUINE)
@given(data=st.data())
@settings(max_examples=60)
def test_a_damaged_structure_is_read_or_unreadable(genuine, data):
    source = bytearray(GENUINE[genuine])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(source) - 1))
        what = data.draw(st.sampled_from(["change", "cut", "repeat", "insert"]))
        if what == "change":
            source[place] = data.draw(st.integers(0, 255))
        elif what == "cut":
            del source[place : place + data.draw(st.integers(1, 40))]
        elif what == "repeat":
            source[place:place] = source[place : place + data.draw(st.integers(1, 40))]
        else:
            source[place:place] = data.draw(st.binary(max_size=20))
        if not source:
            return
    try_everything(bytes(source))


@given(place=st.integers(0, len(GENUINE["certificate"]) - 1), bit=st.integers(0, 7))
@settings(max_examples=40)
def test_a_certificate_with_one_bit_changed_never_verifies(place, bit):
    changed = bytearray(GENUINE["certificate"])
    changed[place] ^= 1 << bit
    with contextlib.suppress(Unreadable):
        assert not Certificate.parse(bytes(changed)).is_signed_with(authority().certificate.public_key)


def test_no_single_byte_of_a_certificate_may_be_changed():
    """Every byte, by a quick algorithm: one bit of each, in turn."""
    genuine, key = signer(ECDSA).certificate, authority(ECDSA).certificate.public_key
    assert genuine.is_signed_with(key)
    for place in range(len(genuine.der)):
        changed = bytearray(genuine.der)
        changed[place] ^= 1 << place % 8
        with contextlib.suppress(Unreadable):
            assert not Certificate.parse(bytes(changed)).is_signed_with(key), place


def test_promised_sizes_are_not_believed():
    """Four gigabytes are promised by six octets; nothing is set aside for them."""
    for header in ("3084ffffffff", "0484fffffff0", "308880808080808080"):
        with pytest.raises(Unreadable):
            der.read(bytes.fromhex(header))
        with pytest.raises(Unreadable):
            Certificate.parse(bytes.fromhex(header) + bytes(100))


def test_a_certificate_of_megabytes_is_not_even_walked():
    with pytest.raises(Unreadable) as refused:
        Certificate.parse(bytes(70_000))
    assert refused.value.code == "der.too_long"


@needs_vectors
@pytest.mark.real_data
@pytest.mark.full
def test_no_single_byte_of_a_real_certificate_may_be_changed():
    folder = FOLDER / "certs"
    genuine = (folder / "diia-test-sign-7775603.cer").read_bytes()
    issuer = Certificate.parse((folder / "diia-CA-05E19E2CD92EA2990100000001000000E1000000.cer").read_bytes())
    assert Certificate.parse(genuine).is_signed_with(issuer.public_key)
    for place in range(len(genuine)):
        changed = bytearray(genuine)
        changed[place] ^= 0x55
        with contextlib.suppress(Unreadable):
            assert not Certificate.parse(bytes(changed)).is_signed_with(issuer.public_key), place
