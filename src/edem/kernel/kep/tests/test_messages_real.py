"""Real signatures of a Ukrainian provider (UAPKI's samples of «Дія»): 0 and 1 attached, 3 detached, 4 of other content."""

from datetime import UTC, datetime

import pytest

from edem.kernel.kep.certificates.certificate import Certificate
from edem.kernel.kep.certificates.trust import TrustList
from edem.kernel.kep.messages.evidence import NO_EVIDENCE, Evidence
from edem.kernel.kep.tests.signing_room import reasons
from edem.kernel.kep.tests.vectors import FOLDER, needs_vectors
from edem.kernel.kep.verdict import CheckName, Outcome, Result, TimeEvidence
from edem.kernel.kep.verifying import verify

pytestmark = [needs_vectors, pytest.mark.real_data]

SIGNED_AT = datetime(2023, 9, 19, 18, 17, 18, tzinfo=UTC)
STAMPED_AT = datetime(2023, 9, 19, 18, 17, 19, tzinfo=UTC)
TODAY = datetime(2026, 3, 1, tzinfo=UTC)
FOX = b"The quick brown fox jumps over the lazy dog"


def certificates():
    return [Certificate.parse(file.read_bytes()) for file in sorted((FOLDER / "certs").glob("*.cer"))]


def judged(number, *, trusted, now=TODAY):
    content = FOLDER / f"uapki-{number}.content"
    known = certificates() if trusted else []
    return verify(
        (FOLDER / f"uapki-{number}.p7s").read_bytes(),
        content=content.read_bytes() if content.exists() else None,
        trust=TrustList.of(each for each in known if each.is_self_issued),
        evidence=Evidence(certificates=tuple(each.der for each in known)) if trusted else NO_EVIDENCE,
        now=now,
    )


@pytest.mark.parametrize("number", [0, 1, 3])
def test_a_good_signature_without_a_trusted_root_says_so(number):
    verdict = judged(number, trusted=False)
    (found,) = verdict.signers
    assert (verdict.outcome, verdict.content, found.claimed_at) == (Outcome.VALID_UNTRUSTED_ROOT, FOX, SIGNED_AT)
    assert (found.signer.name, found.signer.edrpou) == ("ДП ДІЯ (Тестування)", "43395033")
    assert (found.signer.is_seal, found.algorithms[:2]) == (True, ("ДСТУ 4145 m257", "gost34311"))


@pytest.mark.parametrize("number", [0, 1, 3])
def test_a_good_signature_up_to_the_central_root_lacks_only_words_on_revocation(number):
    verdict = judged(number, trusted=True, now=SIGNED_AT)
    assert verdict.outcome is Outcome.UNDECIDED
    assert set(reasons(verdict)) <= {"revocation", "timestamp_revocation"}


def test_the_stamp_proves_the_time_when_the_certificate_has_expired():
    (stamped,), (bare,) = judged(1, trusted=True).signers, judged(0, trusted=True).signers
    assert (stamped.time_evidence, stamped.signed_at) == (TimeEvidence.TIMESTAMP, STAMPED_AT)
    assert stamped.check(CheckName.CONTENT_TIMESTAMP).result is Result.PASSED
    assert stamped.check(CheckName.VALIDITY).result is Result.PASSED
    assert bare.check(CheckName.VALIDITY).why == "time_not_proven"


@pytest.mark.parametrize("trusted", [False, True])
def test_the_signature_of_another_content_is_refused(trusted):
    verdict = judged(4, trusted=trusted)
    assert (verdict.outcome, reasons(verdict)) == (Outcome.NOT_VALID, {"content": "other_content"})
