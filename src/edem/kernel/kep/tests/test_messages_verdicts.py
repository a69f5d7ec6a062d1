"""Verdicts on signed messages: who, when, by what evidence, and everything that may be wrong with them."""

import base64
import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest

from edem.kernel.kep import der, oids, write
from edem.kernel.kep.certificates.extensions import KeyUsage
from edem.kernel.kep.certificates.status import Reason
from edem.kernel.kep.certificates.trust import TrustList
from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.making import extension_writing as extensions
from edem.kernel.kep.making import signing
from edem.kernel.kep.making.authority import Authority
from edem.kernel.kep.making.certificates import Term
from edem.kernel.kep.making.keys import ECDSA, GOST_M257, KUPYNA_M257, RSA, make_key
from edem.kernel.kep.making.revocation import Issue, crl, ocsp_answer
from edem.kernel.kep.making.signing import Hand, assembled, attribute, signer_info
from edem.kernel.kep.making.timestamping import TimeStamper, stamp_request
from edem.kernel.kep.messages.evidence import NO_EVIDENCE, Evidence
from edem.kernel.kep.messages.timestamp import Stamp, stamp_in_answer
from edem.kernel.kep.tests import hierarchy
from edem.kernel.kep.tests.signing_room import (
    LATER,
    NOW,
    TEXT,
    authority,
    checked,
    evidence_at,
    olena,
    reasons,
    responder,
    root,
    root_responder,
    signed,
    stamped_hand,
    stamper,
    taras,
    trust,
)
from edem.kernel.kep.verdict import CheckName, Outcome, Result, TimeEvidence
from edem.kernel.kep.verifying import verify

DAY = timedelta(days=1)


def own_authority() -> Authority:
    """The shared one's keys, with a list of the revoked that a test may fill."""
    shared = authority()
    return Authority(certificate=shared.certificate, key=shared.key, above=shared.above, seed="own")


def revoked_at(moment, *, reason=Reason.KEY_COMPROMISE, said_at=LATER) -> Evidence:
    ca = own_authority()
    ca.revoke(olena().certificate, at=moment, reason=reason)
    answer = ocsp_answer(ca, olena().certificate, by=responder(), at=said_at)
    others = evidence_at(said_at, stamper().issued.certificate)
    return replace(others, ocsp=(answer, *others.ocsp))


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


# Time


def test_a_time_stamp_proves_the_time():
    verdict = checked(signed(TEXT, stamped_hand()))
    (found,) = verdict.signers
    assert (verdict.outcome, found.signed_at, found.time_evidence) == (Outcome.VALID, NOW, TimeEvidence.TIMESTAMP)
    assert found.level == "T"


def test_an_expired_certificate_with_a_stamp_from_its_days_is_good_and_without_it_undecided():
    after = olena().certificate.valid_until + DAY
    evidence = evidence_at(NOW)
    with_stamp = checked(signed(TEXT, stamped_hand(evidence=evidence)), now=after, evidence=evidence)
    assert (with_stamp.outcome, with_stamp.signers[0].level) == (Outcome.VALID, "LT")
    without = checked(signed(), now=after, evidence=evidence)
    assert without.outcome is Outcome.UNDECIDED
    assert reasons(without)["validity"] == "time_not_proven"


def test_long_term_evidence_inside_the_message_is_enough():
    message = signed(TEXT, stamped_hand(evidence=evidence_at(NOW + timedelta(minutes=1))))
    verdict = checked(message, evidence=NO_EVIDENCE, now=LATER)
    assert (verdict.outcome, verdict.signers[0].level) == (Outcome.VALID, "LT")


def test_a_certificate_revoked_after_the_stamp_was_good_at_it_and_one_before_was_not():
    message = signed(TEXT, stamped_hand())
    after = checked(message, now=LATER, evidence=revoked_at(NOW + DAY))
    assert after.outcome is Outcome.VALID
    before = checked(message, now=LATER, evidence=revoked_at(NOW - DAY))
    assert (before.outcome, reasons(before)) == (Outcome.NOT_VALID, {"revocation": "revoked"})


def test_without_a_stamp_any_revocation_counts():
    """The time that the signer claims is their own word: whoever stole the key would claim an early one."""
    verdict = checked(signed(), now=LATER, evidence=revoked_at(NOW + DAY))
    assert (verdict.outcome, reasons(verdict)) == (Outcome.NOT_VALID, {"revocation": "revoked"})


def test_the_newest_word_on_a_hold_counts():
    held = revoked_at(NOW - DAY, reason=Reason.HOLD, said_at=NOW - timedelta(minutes=5))
    assert reasons(checked(signed(), evidence=held))["revocation"] == "on_hold"
    lifted = held + evidence_at(NOW)
    assert checked(signed(), evidence=lifted).outcome is Outcome.VALID


@pytest.mark.parametrize(
    ("claimed", "why"),
    [(NOW + DAY, "claimed_in_future"), (hierarchy.NOW.replace(year=2020), "claimed_outside")],
)
def test_a_claimed_time_that_cannot_be_is_refused(claimed, why):
    verdict = checked(signed(TEXT, Hand(issued=olena(), at=claimed)))
    assert (verdict.outcome, reasons(verdict)) == (Outcome.NOT_VALID, {"validity": why})


def test_a_message_may_claim_no_time():
    (found,) = checked(signed(TEXT, Hand(issued=olena()))).signers
    assert (found.outcome, found.signed_at, found.time_evidence) == (Outcome.VALID, None, TimeEvidence.NONE)


def test_a_stamp_over_another_signature_proves_nothing():
    foreign = stamper().token(b"another signature", at=NOW)
    verdict = checked(signed(TEXT, Hand(issued=olena(), at=NOW, signature_stamp=lambda _: foreign)))
    assert (verdict.outcome, reasons(verdict)) == (Outcome.NOT_VALID, {"timestamp": "other_imprint"})
    assert verdict.signers[0].time_evidence is TimeEvidence.CLAIMED


def test_nobody_stamps_time_with_a_certificate_for_signing():
    own = TimeStamper(issued=taras())
    verdict = checked(signed(TEXT, Hand(issued=olena(), at=NOW, signature_stamp=own.over(NOW))))
    assert (verdict.outcome, reasons(verdict)) == (Outcome.NOT_VALID, {"timestamp": "not_for_stamps"})


def test_a_stamp_of_an_unknown_authority_leaves_the_time_unproven():
    stranger = Authority.root("Хтось", seed="stranger", kind=ECDSA)
    own = TimeStamper(issued=stranger.time_stamper(kind=ECDSA))
    (found,) = checked(signed(TEXT, Hand(issued=olena(), at=NOW, signature_stamp=own.over(NOW)))).signers
    assert (found.outcome, found.time_evidence) == (Outcome.UNDECIDED, TimeEvidence.CLAIMED)
    assert found.check(CheckName.TIMESTAMP).why == "untrusted"


def test_a_stamp_without_its_certificate_is_checked_when_the_certificate_is_at_hand():
    bare = TimeStamper(issued=stamper().issued, has_certificate=False)
    message = signed(TEXT, Hand(issued=olena(), at=NOW, signature_stamp=bare.over(NOW)))
    assert reasons(checked(message))["timestamp"] == "no_certificate"
    given = evidence_at(NOW) + Evidence(certificates=(stamper().issued.certificate.der,))
    assert checked(message, evidence=given).signers[0].time_evidence is TimeEvidence.TIMESTAMP


def test_a_stamp_from_the_future_is_refused():
    hand = Hand(issued=olena(), at=NOW, signature_stamp=stamper().over(NOW + DAY))
    assert reasons(checked(signed(TEXT, hand)))["timestamp"] == "from_the_future"


def test_a_stamp_over_the_content_must_be_older_than_the_signature():
    good = stamped_hand(content_stamp=stamper().over(NOW - DAY))
    assert checked(signed(TEXT, good)).outcome is Outcome.VALID
    late = Hand(issued=olena(), at=NOW, content_stamp=stamper().over(NOW), signature_stamp=stamper().over(NOW - DAY))
    assert reasons(checked(signed(TEXT, late)))["content_timestamp"] == "later_than_signature"


def test_an_authority_of_time_answers_requests():
    answer = stamper().answer(stamp_request(TEXT, digest=oids.SHA256, nonce=77), at=NOW)
    stamp = Stamp.parse(stamp_in_answer(answer))
    assert (stamp.info.made_at, stamp.info.nonce, stamp.info.digest) == (NOW, 77, oids.SHA256)


# Attributes and certificates


def test_a_signer_without_the_reference_to_their_certificate_is_undecided():
    verdict = checked(signed(TEXT, Hand(issued=olena(), at=NOW, has_reference=False)))
    assert (verdict.outcome, reasons(verdict)) == (Outcome.UNDECIDED, {"signing_certificate": "no_reference"})


def test_another_certificate_of_the_same_key_is_not_taken_for_the_signer_s():
    """Substitution: the forger has a certificate over the victim's public key, with their own name in it."""
    twin = authority().issue(
        hierarchy.COUNCIL, olena().key, term=Term(), extras=(extensions.key_usage(KeyUsage.DIGITAL_SIGNATURE),)
    )
    honest = Hand(issued=olena(), at=NOW)
    renamed = _renamed(signer_info(TEXT, honest), twin.certificate)
    message = assembled([renamed], content=TEXT, digests=[oids.SHA256], certificates=[twin.certificate])
    verdict = checked(message)
    assert verdict.outcome is Outcome.NOT_VALID
    assert reasons(verdict)["signing_certificate"] == "other_certificate"


def _renamed(signer: bytes, certificate) -> bytes:
    """The same signer who says that another certificate is theirs."""
    fields = list(der.read(signer).sequence().rest())
    name = write.sequence(certificate.issuer.raw, write.integer(certificate.serial))
    return write.sequence(fields[0].raw, name, *(field.raw for field in fields[2:]))


def test_a_reference_to_another_certificate_is_refused(monkeypatch):
    honest = signing.reference
    monkeypatch.setattr(signing, "reference", lambda _, digest: honest(taras().certificate, digest=digest))
    verdict = checked(signed())
    assert reasons(verdict)["signing_certificate"] == "other_certificate"
    assert verdict.outcome is Outcome.NOT_VALID


def test_the_old_reference_by_sha1_is_understood(monkeypatch):
    digest = hashlib.sha1(olena().certificate.der, usedforsecurity=False).digest()
    old = write.sequence(write.sequence(write.sequence(write.octets(digest))))
    monkeypatch.setattr(signing, "reference", lambda _, digest: attribute(oids.ATTR_SIGNING_CERTIFICATE, old))
    assert checked(signed()).outcome is Outcome.VALID


def test_a_signer_may_be_named_by_their_key():
    assert checked(signed(TEXT, Hand(issued=olena(), at=NOW, names_key=True))).outcome is Outcome.VALID


def test_without_the_signer_s_certificate_nothing_is_valid():
    message = signed(TEXT, Hand(issued=olena(), at=NOW, has_certificate=False))
    verdict = checked(message)
    assert (verdict.outcome, verdict.signers[0].signer) == (Outcome.NOT_VALID, None)
    given = evidence_at(NOW) + Evidence(certificates=(olena().certificate.der,))
    assert checked(message, evidence=given).outcome is Outcome.VALID


def test_a_key_that_is_not_for_signing_signs_nothing():
    crypt = authority().person(hierarchy.OLENA, kind=ECDSA, is_for_agreement=True)
    verdict = checked(signed(TEXT, Hand(issued=crypt, at=NOW)), evidence=evidence_at(NOW, crypt.certificate))
    assert (verdict.outcome, reasons(verdict)) == (Outcome.NOT_VALID, {"key_usage": "not_for_signing"})


def test_attributes_in_another_order_are_signed_in_the_order_of_der():
    def in_order(*parts):
        """SET OF as somebody wrote it who did not sort."""
        return write.element(der.Tag.SET, b"".join(parts))

    info = list(der.read(signer_info(TEXT, Hand(issued=olena(), at=NOW))).sequence().rest())
    attributes = [node.raw for node in info[3].implicit(der.Tag.SET).set_of()]
    turned = write.implicit(0, in_order(*reversed(attributes)))
    shuffled = write.sequence(*(turned if place == 3 else node.raw for place, node in enumerate(info)))
    message = assembled([shuffled], content=TEXT, digests=[oids.SHA256], certificates=[olena().certificate])
    verdict = checked(message)
    assert (verdict.outcome, verdict.content, verdict.signers[0].claimed_at) == (Outcome.VALID, TEXT, NOW)


def test_an_attribute_that_comes_twice_is_unreadable():
    info = list(der.read(signer_info(TEXT, Hand(issued=olena(), at=NOW))).sequence().rest())
    attributes = [node.raw for node in info[3].implicit(der.Tag.SET).set_of()]
    doubled = write.implicit(0, write.set_of(*attributes, attribute(oids.ATTR_SIGNING_TIME, write.time(LATER))))
    message = assembled(
        [write.sequence(*(doubled if place == 3 else node.raw for place, node in enumerate(info)))],
        content=TEXT,
        digests=[oids.SHA256],
    )
    with pytest.raises(Unreadable, match=r"cms\.attribute_repeated"):
        checked(message)


def test_a_signature_over_attributes_does_not_pass_for_one_over_a_content():
    """Attributes taken off, their bytes given as the content: the signature value fits, the meaning does not."""
    info = list(der.read(signer_info(TEXT, Hand(issued=olena(), at=NOW))).sequence().rest())
    attributes = info[3].retagged(der.Tag.SET)
    bare = write.sequence(*(node.raw for place, node in enumerate(info) if place != 3))
    message = assembled([bare], content=attributes, digests=[oids.SHA256], certificates=[olena().certificate])
    verdict = checked(message)
    assert verdict.outcome is Outcome.NOT_VALID
    assert reasons(verdict)["attributes"] == "no_signed_attributes"


def test_a_message_of_another_kind_than_was_signed_is_refused():
    signer = signer_info(TEXT, Hand(issued=olena(), at=NOW), content_type=oids.CMS_TST_INFO)
    message = assembled([signer], content=TEXT, digests=[oids.SHA256], certificates=[olena().certificate])
    assert reasons(checked(message))["attributes"] == "other_content_type"


def test_a_policy_is_named():
    (found,) = checked(signed(TEXT, Hand(issued=olena(), at=NOW, policy="1.2.804.2.1.1.1.2.1"))).signers
    assert (found.outcome, found.level, found.policy) == (Outcome.VALID, "EPES", "1.2.804.2.1.1.1.2.1")


def test_of_two_signers_each_has_a_verdict_and_the_worst_is_the_file_s():
    both = [signer_info(TEXT, Hand(issued=olena(), at=NOW)), signer_info(b"other", Hand(issued=taras(), at=NOW))]
    message = assembled(
        both, content=TEXT, digests=[oids.SHA256], certificates=[olena().certificate, taras().certificate]
    )
    verdict = checked(message)
    outcomes = {found.signer.surname: found.outcome for found in verdict.signers}
    assert outcomes == {"Коваль": Outcome.VALID, "Гай": Outcome.NOT_VALID}
    assert verdict.outcome is Outcome.NOT_VALID
    assert checked(signed(TEXT, Hand(issued=olena(), at=NOW), Hand(issued=taras(), at=NOW))).outcome is Outcome.VALID


def test_too_many_signers_and_stamps_are_refused_before_they_are_computed():
    signer = signer_info(TEXT, Hand(issued=olena(), at=NOW))
    with pytest.raises(Unreadable, match=r"der\.too_many"):
        checked(assembled([signer] * 33, content=TEXT, digests=[oids.SHA256]))


def test_a_seal_of_an_organisation_is_told_apart():
    seal = authority().seal(hierarchy.COUNCIL, kind=ECDSA)
    (found,) = checked(signed(TEXT, Hand(issued=seal, at=NOW)), evidence=evidence_at(NOW, seal.certificate)).signers
    assert (found.outcome, found.signer.is_seal, found.signer.edrpou) == (Outcome.VALID, True, "04396256")


def test_the_shared_world_is_what_the_tests_think():
    assert root_responder().certificate.issuer.is_same(root().certificate.subject)
    assert len(trust()) == 1
