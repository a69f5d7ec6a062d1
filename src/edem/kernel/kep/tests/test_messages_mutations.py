"""A signed file that was touched: never accepted with another content, another signer or another proven time."""

import random
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.making.containing import extended_container
from edem.kernel.kep.making.signing import Hand, signed_message
from edem.kernel.kep.messages.enveloped_parts import Envelope
from edem.kernel.kep.messages.timestamp import stamp_in_answer
from edem.kernel.kep.tests import hierarchy
from edem.kernel.kep.tests.signing_room import NOW, TEXT, checked, evidence_at, olena, signed, stamped_hand
from edem.kernel.kep.tests.vectors import FOLDER, needs_vectors
from edem.kernel.kep.verdict import Outcome, TimeEvidence
from edem.kernel.kep.verifying import verify

SEED = 20260301
SAMPLE, SLOW_SAMPLE = 200, 30
FULL_SIGNATURE = signed(TEXT, stamped_hand())
EVIDENCE = evidence_at(NOW)


def touched(message: bytes, place: int, mask: int) -> bytes:
    spoilt = bytearray(message)
    spoilt[place] ^= mask
    return bytes(spoilt)


def is_harmless(spoilt: bytes) -> bool:
    """Refused, not valid, or still saying the same: this content, this signer, this time."""
    try:
        verdict = checked(spoilt, evidence=EVIDENCE)
    except Unreadable:
        return True
    if verdict.outcome is Outcome.NOT_VALID:
        return True
    (found,) = verdict.signers
    proven_elsewhere = found.time_evidence is TimeEvidence.TIMESTAMP and found.signed_at != NOW
    return (
        verdict.content == TEXT
        and found.signer.certificate == olena().certificate.der
        and found.claimed_at == NOW
        and not proven_elsewhere
    )


def test_untouched_it_is_valid():
    verdict = checked(FULL_SIGNATURE, evidence=EVIDENCE)
    assert (verdict.outcome, verdict.signers[0].signed_at) == (Outcome.VALID, NOW)


def test_a_byte_touched_anywhere_changes_nothing_that_counts():
    chance = random.Random(SEED)
    for place in chance.sample(range(len(FULL_SIGNATURE)), SAMPLE):
        assert is_harmless(touched(FULL_SIGNATURE, place, chance.randrange(1, 256))), place


@pytest.mark.full
def test_every_byte_touched_changes_nothing_that_counts():
    chance = random.Random(SEED)
    for place in range(len(FULL_SIGNATURE)):
        assert is_harmless(touched(FULL_SIGNATURE, place, chance.randrange(1, 256))), place


def test_a_ukrainian_signature_touched_anywhere_changes_nothing_that_counts():
    issued = hierarchy.signer()
    message = signed_message(b"x", Hand(issued=issued, at=NOW))
    chance = random.Random(SEED)
    for place in chance.sample(range(len(message)), SLOW_SAMPLE):
        try:
            verdict = verify(touched(message, place, 0x55), trust=hierarchy.trust(), now=NOW)
        except Unreadable:
            continue
        if verdict.outcome is not Outcome.NOT_VALID:
            assert verdict.content == b"x", place
            assert verdict.signers[0].signer.certificate == issued.certificate.der, place
            assert verdict.signers[0].claimed_at == NOW, place


@settings(max_examples=50)
@given(st.data())
def test_a_mangled_signature_raises_nothing_but_its_refusal(data):
    assert is_harmless(mangled(FULL_SIGNATURE, data))


@settings(max_examples=50)
@given(st.data())
def test_a_mangled_container_raises_nothing_but_its_refusal(data):
    container = extended_container({"a.txt": TEXT}, Hand(issued=olena(), at=NOW))
    try:
        verdict = checked(mangled(container, data), evidence=EVIDENCE)
    except Unreadable:
        return
    if verdict.outcome is Outcome.VALID:
        assert verdict.content == TEXT


@given(st.binary(max_size=300))
def test_chance_bytes_raise_nothing_but_their_refusal(junk):
    for read in (lambda: checked(junk, content=b"", evidence=EVIDENCE), lambda: stamp_in_answer(junk)):
        with pytest.raises(Unreadable):
            read()
    with pytest.raises(Unreadable):
        Envelope.parse(junk)


@needs_vectors
@pytest.mark.real_data
@settings(max_examples=30)
@given(st.data())
def test_mangled_real_signatures_raise_nothing_but_their_refusal(data):
    name = data.draw(st.sampled_from(["uapki-0.p7s", "uapki-1.p7s", "uapki-3.p7s"]))
    with suppress(Unreadable):
        verify(mangled((FOLDER / name).read_bytes(), data), content=b"", trust=hierarchy.trust(), now=NOW)


def mangled(message: bytes, data) -> bytes:
    """Cut, doubled, filled with something else: what a broken disk or a curious person does."""
    start = data.draw(st.integers(0, len(message) - 1))
    end = data.draw(st.integers(start, min(len(message), start + 40)))
    put = data.draw(st.one_of(st.binary(max_size=8), st.just(message[start:end] * 2)))
    return message[:start] + put + message[end:]
