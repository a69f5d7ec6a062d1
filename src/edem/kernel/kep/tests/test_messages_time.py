"""The time of signing: claimed, proven by a time-stamp, or neither; and what it means for revocation."""

from dataclasses import replace
from datetime import timedelta

import pytest

from edem.kernel.kep import oids
from edem.kernel.kep.certificates.status import Reason
from edem.kernel.kep.making.authority import Authority
from edem.kernel.kep.making.keys import ECDSA
from edem.kernel.kep.making.revocation import ocsp_answer
from edem.kernel.kep.making.signing import Hand
from edem.kernel.kep.making.timestamping import TimeStamper, stamp_request
from edem.kernel.kep.messages.evidence import NO_EVIDENCE, Evidence
from edem.kernel.kep.messages.timestamp import Stamp, stamp_in_answer
from edem.kernel.kep.tests import hierarchy
from edem.kernel.kep.tests.signing_room import (
    LATER,
    NOW,
    TEXT,
    checked,
    evidence_at,
    olena,
    own_authority,
    reasons,
    responder,
    revoked_at,
    signed,
    stamped_hand,
    stamper,
    taras,
)
from edem.kernel.kep.verdict import CheckName, Outcome, TimeEvidence

DAY = timedelta(days=1)


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


def test_whoever_stamps_time_signs_nothing_else():
    own = stamper().issued
    verdict = checked(signed(TEXT, Hand(issued=own, at=NOW)))
    assert (verdict.outcome, reasons(verdict)) == (Outcome.NOT_VALID, {"key_usage": "not_for_signing"})


def test_a_stamp_of_an_unknown_authority_leaves_the_time_unproven():
    stranger = Authority.root("Хтось", seed="stranger", kind=ECDSA)
    own = TimeStamper(issued=stranger.time_stamper(kind=ECDSA))
    (found,) = checked(signed(TEXT, Hand(issued=olena(), at=NOW, signature_stamp=own.over(NOW)))).signers
    assert (found.outcome, found.time_evidence) == (Outcome.UNDECIDED, TimeEvidence.CLAIMED)
    assert found.check(CheckName.TIMESTAMP).why == "untrusted"


@pytest.mark.parametrize(
    ("reason", "outcome"),
    [
        (Reason.KEY_COMPROMISE, Outcome.NOT_VALID),
        (Reason.UNSPECIFIED, Outcome.NOT_VALID),  # an answer leaves it out
        (Reason.PRIVILEGE_WITHDRAWN, Outcome.NOT_VALID),
        (Reason.SUPERSEDED, Outcome.VALID),
        (Reason.CESSATION, Outcome.VALID),
    ],
)
def test_a_stamp_of_a_key_that_was_lost_since_proves_no_time(reason, outcome):
    """Whoever has the key writes any moment into a stamp, one before its revocation too."""
    ca, theirs = own_authority(), stamper().issued.certificate
    ca.revoke(theirs, at=NOW + DAY, reason=reason)
    answer = ocsp_answer(ca, theirs, by=responder(), at=LATER)
    others = evidence_at(LATER, olena().certificate)
    evidence = replace(others, ocsp=(answer, *others.ocsp))
    verdict = checked(signed(TEXT, stamped_hand()), now=LATER, evidence=evidence)
    assert verdict.outcome is outcome
    proven = outcome is Outcome.VALID
    assert (verdict.signers[0].time_evidence is TimeEvidence.TIMESTAMP) is proven
    assert reasons(verdict) == ({} if proven else {"timestamp_revocation": "revoked"})


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
