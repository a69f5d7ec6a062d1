"""Verdicts on signed messages: who signed, whether the root is trusted, what issuers say of revocation."""

import base64
from dataclasses import replace
from datetime import timedelta

import pytest

from edem.kernel.kep import der, oids, write
from edem.kernel.kep.certificates.trust import TrustList
from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.making import signing
from edem.kernel.kep.making.authority import Authority
from edem.kernel.kep.making.keys import ECDSA, GOST_M257, KUPYNA_M257, RSA, make_key
from edem.kernel.kep.making.revocation import Issue, crl
from edem.kernel.kep.making.signing import Hand
from edem.kernel.kep.messages.evidence import NO_EVIDENCE, Evidence
from edem.kernel.kep.tests import hierarchy
from edem.kernel.kep.tests.signing_room import (
    NOW,
    TEXT,
    authority,
    checked,
    evidence_at,
    olena,
    own_authority,
    reasons,
    root,
    signed,
)
from edem.kernel.kep.verdict import CheckName, Outcome, Result, TimeEvidence
from edem.kernel.kep.verifying import verify

DAY = timedelta(days=1)


def test_a_signature_with_everything_is_valid_and_says_who_signed():
    verdict = checked(signed())
    assert (verdict.outcome, verdict.content) == (Outcome.VALID, TEXT)
    (found,) = verdict.signers
    assert (found.signer.name, found.signer.tax_number) == ("Коваль Олена Іванівна", "2345678901")
    assert (found.signer.surname, found.signer.given_name) == ("Коваль", "Олена Іванівна")
    assert (found.signer.position, found.signer.certificate) == ("секретар", olena().certificate.der)
    assert (found.signed_at, found.time_evidence, found.level) == (NOW, TimeEvidence.CLAIMED, "BES")
    assert found.algorithms == ("ECDSA P-256", "sha256")
    assert {check.result for check in found.checks} == {Result.PASSED}


@pytest.mark.parametrize("kind", [GOST_M257, KUPYNA_M257], ids=["gost", "kupyna"])
def test_ukrainian_keys_are_verified(kind):
    message = signing.signed_message(TEXT, Hand(issued=hierarchy.signer(kind), at=NOW))
    evidence = Evidence(certificates=(hierarchy.authority(kind).certificate.der,))
    verdict = verify(message, trust=hierarchy.trust(kind), evidence=evidence, now=NOW)
    assert (verdict.outcome, set(reasons(verdict))) == (Outcome.UNDECIDED, {"revocation"})


def test_a_key_of_rsa_is_verified():
    issued = authority().person(hierarchy.OLENA, kind=RSA)
    verdict = checked(signed(TEXT, Hand(issued=issued, at=NOW)), evidence=evidence_at(NOW, issued.certificate))
    assert (verdict.outcome, verdict.signers[0].algorithms) == (Outcome.VALID, ("RSA 2048", "sha256"))


def test_a_detached_signature_needs_its_content():
    message = signed(is_detached=True)
    assert checked(message, content=TEXT).outcome is Outcome.VALID
    other = checked(message, content=TEXT + b" ")
    assert (other.outcome, reasons(other)) == (Outcome.NOT_VALID, {"content": "other_content"})
    with pytest.raises(Unreadable, match=r"cms\.content_needed"):
        checked(message)


def test_a_content_that_differs_from_the_one_inside_is_not_what_was_signed():
    verdict = checked(signed(), content=b"another text")
    assert (verdict.outcome, reasons(verdict)) == (Outcome.NOT_VALID, {"content": "differs_from_given"})
    assert checked(signed(), content=TEXT).outcome is Outcome.VALID


@pytest.mark.parametrize("wrapped", [b"", b"-----BEGIN CMS-----\n", b"-----BEGIN PKCS7-----\n"])
def test_a_signature_may_come_as_text(wrapped):
    lines = base64.encodebytes(signed())
    text = wrapped + lines + wrapped.replace(b"BEGIN", b"END")
    assert checked(text).outcome is Outcome.VALID


@pytest.mark.parametrize(
    "junk", [b"", b"hello", b"0", b"0\x80\x00\x00", b"%PDF-1.4", b"AAAA", b"PK\x03\x04", bytes(64)]
)
def test_what_is_no_signature_is_unreadable(junk):
    with pytest.raises(Unreadable):
        checked(junk)


def test_a_signature_written_as_a_stream_is_read():
    """Indefinite lengths around, the content in pieces, as programs write that sign while they read."""
    whole = der.read(signed()).sequence()
    kind, inner = whole.next().raw, whole.next().inside()
    fields = [field.raw for field in inner.sequence()]
    pieces = b"\x24\x80" + write.octets(TEXT[:7]) + write.octets(TEXT[7:]) + b"\0\0"
    fields[2] = b"\x30\x80" + write.oid(oids.CMS_DATA) + b"\xa0\x80" + pieces + b"\0\0" + b"\0\0"
    streamed = b"\x30\x80" + kind + b"\xa0\x80\x30\x80" + b"".join(fields) + b"\0\0" * 3
    verdict = checked(streamed)
    assert (verdict.outcome, verdict.content) == (Outcome.VALID, TEXT)
    with pytest.raises(Unreadable):
        checked(streamed[:-2])


# Roots and evidence


def test_an_untrusted_root_is_said_apart():
    verdict = checked(signed(certificates=authority().chain), trusted=TrustList())
    assert verdict.outcome is Outcome.VALID_UNTRUSTED_ROOT
    assert reasons(verdict)["root"] == "not_trusted"
    assert verdict.signers[0].check(CheckName.PATH).result is Result.PASSED


def test_an_issuer_that_nobody_knows_leaves_the_path_broken():
    verdict = checked(signed(), evidence=NO_EVIDENCE)
    assert verdict.outcome is Outcome.VALID_UNTRUSTED_ROOT
    assert reasons(verdict)["path"] == "issuer_not_found"


def test_a_certificate_that_its_named_issuer_never_signed_is_a_forgery():
    impostor = Authority(
        certificate=authority().certificate, key=make_key(ECDSA, seed="impostor"), above=root(), seed="impostor"
    )
    forged = impostor.person(hierarchy.OLENA, kind=ECDSA)
    # With the true authority's key identifier: the forger copies all that can be copied.
    assert forged.certificate.issuer.raw == olena().certificate.issuer.raw
    verdict = checked(signed(TEXT, Hand(issued=forged, at=NOW)))
    assert verdict.outcome in (Outcome.NOT_VALID, Outcome.VALID_UNTRUSTED_ROOT)
    assert verdict.signers[0].check(CheckName.ROOT).result is not Result.PASSED


def test_without_words_on_revocation_nothing_is_called_valid():
    evidence = Evidence(certificates=(authority().certificate.der,))
    verdict = checked(signed(), evidence=evidence)
    assert (verdict.outcome, reasons(verdict)) == (Outcome.UNDECIDED, {"revocation": "no_evidence"})


def test_old_words_on_revocation_say_nothing_of_now():
    verdict = checked(signed(), evidence=evidence_at(NOW - 3 * DAY))
    assert (verdict.outcome, reasons(verdict)) == (Outcome.UNDECIDED, {"revocation": "stale"})


def test_the_authority_s_own_certificate_is_asked_about_too():
    everything = evidence_at(NOW)
    without_root = replace(everything, ocsp=everything.ocsp[:-1])
    verdict = checked(signed(), evidence=without_root)
    assert (verdict.outcome, reasons(verdict)) == (Outcome.UNDECIDED, {"revocation": "no_evidence"})


def test_a_revocation_list_is_as_good_as_an_answer():
    ca = own_authority()
    by_root = crl(root(), Issue(at=NOW))
    certificates = (authority().certificate.der,)
    good = Evidence(crls=(crl(ca, Issue(at=NOW)), by_root), certificates=certificates)
    assert checked(signed(), evidence=good).outcome is Outcome.VALID
    ca.revoke(olena().certificate, at=NOW - DAY)
    bad = Evidence(crls=(crl(ca, Issue(at=NOW)), by_root), certificates=certificates)
    verdict = checked(signed(), evidence=bad)
    assert (verdict.outcome, reasons(verdict)) == (Outcome.NOT_VALID, {"revocation": "revoked"})


def test_evidence_that_cannot_be_read_is_no_evidence():
    good = evidence_at(NOW)
    spoilt = Evidence(crls=(b"junk",), ocsp=(b"\x30\x00", *good.ocsp), certificates=(b"", *good.certificates))
    assert checked(signed(), evidence=spoilt).outcome is Outcome.VALID
