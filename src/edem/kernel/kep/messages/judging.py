"""Judging one signer: what was signed, by whom, when, and how their certificate stood at that time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from edem.kernel.kep import oids
from edem.kernel.kep.certificates.certificate import Certificate
from edem.kernel.kep.certificates.extensions import KeyUsage
from edem.kernel.kep.certificates.path import Path
from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.messages import attributes
from edem.kernel.kep.messages.binding import Signed, checks_of_binding
from edem.kernel.kep.messages.choosing import certificate_of
from edem.kernel.kep.messages.describing import algorithms_of, level_of, signer_of
from edem.kernel.kep.messages.evidence import added_by
from edem.kernel.kep.messages.ground import Ground
from edem.kernel.kep.messages.signed import SignerRecord
from edem.kernel.kep.messages.stamping import StampFinding, judge_stamps
from edem.kernel.kep.messages.standing import path_checks, path_of, revocation_check
from edem.kernel.kep.verdict import Check, CheckName, Result, SignerVerdict, TimeEvidence

CLOCK_SKEW: Final = timedelta(minutes=5)
SERVICES: Final = frozenset({oids.EKU_TIME_STAMPING, oids.EKU_OCSP_SIGNING})


@dataclass(frozen=True, kw_only=True)
class Times:
    """What is known of the time of signing."""

    claimed_at: datetime | None
    proven_at: datetime | None
    checks: tuple[Check, ...]
    algorithms: tuple[str, ...]

    @property
    def evidence(self) -> TimeEvidence:
        if self.proven_at is not None:
            return TimeEvidence.TIMESTAMP
        return TimeEvidence.CLAIMED if self.claimed_at is not None else TimeEvidence.NONE


def judge(signer: SignerRecord, *, signed: Signed, ground: Ground) -> SignerVerdict:
    ground = ground.with_more(added_by(signer.unsigned))
    certificate = certificate_of(signer, ground=ground)
    if certificate is None:
        return _unknown(signer)
    binding = checks_of_binding(signer, signed, certificate)
    if any(check.result is Result.FAILED for check in binding):
        # What is not a signature has no time and nobody behind it: nothing more is computed for it.
        return _verdict(signer, certificate, checks=binding, times=_claimed_alone(signer))
    times = times_of(signer, signed=signed, ground=ground)
    at = times.proven_at or ground.now
    path = path_of(certificate, ground=ground, at=at)
    checks = (
        *binding,
        *times.checks,
        *path_checks(path),
        validity_check(certificate, path, times=times, now=ground.now),
        usage_check(certificate),
        revocation_check(path, ground=ground, at=at, name=CheckName.REVOCATION),
    )
    return _verdict(signer, certificate, checks=checks, times=times)


def times_of(signer: SignerRecord, *, signed: Signed, ground: Ground) -> Times:
    over_signature = judge_stamps(
        signer.unsigned.all(oids.ATTR_SIGNATURE_TIMESTAMP),
        over=signer.signature,
        name=CheckName.TIMESTAMP,
        ground=ground,
    )
    over_content = judge_stamps(
        signer.signed.all(oids.ATTR_CONTENT_TIMESTAMP),
        over=signed.content,
        name=CheckName.CONTENT_TIMESTAMP,
        ground=ground,
    )
    proven_at = min((found.made_at for found in over_signature if found.made_at is not None), default=None)
    return Times(
        claimed_at=attributes.signing_time(signer.signed),
        proven_at=proven_at,
        checks=(*_checks(over_signature), *_in_order(_checks(over_content), proven_at)),
        algorithms=tuple(found.algorithm for found in over_signature if found.algorithm),
    )


def validity_check(certificate: Certificate, path: Path, *, times: Times, now: datetime) -> Check:
    """At the proven time; else now, and the claimed time must not contradict."""
    why, result = "", Result.PASSED
    claimed = times.claimed_at
    if times.proven_at is not None:
        why, result = ("not_in_force", Result.FAILED) if path.out_of_force else ("", Result.PASSED)
    elif claimed is not None and claimed > now + CLOCK_SKEW:
        why, result = "claimed_in_future", Result.FAILED
    elif claimed is not None and not certificate.is_in_force(claimed):
        why, result = "claimed_outside", Result.FAILED
    elif any(now < fault.certificate.valid_from for fault in path.out_of_force):
        why, result = "not_in_force", Result.FAILED
    elif path.out_of_force:
        why, result = "time_not_proven", Result.NOT_MADE
    return Check(name=CheckName.VALIDITY, result=result, why=why)


def usage_check(certificate: Certificate) -> Check:
    """A key for signing, and not one that only stamps time or answers for revocation."""
    for_signing = certificate.allows(KeyUsage.DIGITAL_SIGNATURE) or certificate.allows(KeyUsage.NON_REPUDIATION)
    purposes = certificate.extensions.extended_key_usage
    if for_signing and not (purposes and purposes <= SERVICES):
        return Check(name=CheckName.KEY_USAGE, result=Result.PASSED)
    return Check(name=CheckName.KEY_USAGE, result=Result.FAILED, why="not_for_signing")


def _checks(findings: list[StampFinding]) -> tuple[Check, ...]:
    return tuple(check for found in findings for check in (found.check, found.revocation) if check is not None)


def _in_order(checks: tuple[Check, ...], proven_at: datetime | None) -> tuple[Check, ...]:
    """What was stamped before signing cannot be younger than the signature."""
    for check in checks:
        made_at = check.facts.get("made_at")
        if proven_at is not None and isinstance(made_at, datetime) and made_at > proven_at + CLOCK_SKEW:
            return (Check(name=CheckName.CONTENT_TIMESTAMP, result=Result.FAILED, why="later_than_signature"),)
    return checks


def _claimed_alone(signer: SignerRecord) -> Times:
    try:
        claimed = attributes.signing_time(signer.signed)
    except Unreadable:
        claimed = None
    return Times(claimed_at=claimed, proven_at=None, checks=(), algorithms=())


def _unknown(signer: SignerRecord) -> SignerVerdict:
    check = Check(name=CheckName.SIGNATURE, result=Result.FAILED, why="no_certificate")
    return _verdict(signer, None, checks=(check,), times=_claimed_alone(signer))


def _verdict(
    signer: SignerRecord, certificate: Certificate | None, *, checks: tuple[Check, ...], times: Times
) -> SignerVerdict:
    return SignerVerdict(
        signer=signer_of(certificate) if certificate else None,
        signed_at=times.proven_at or times.claimed_at,
        time_evidence=times.evidence,
        claimed_at=times.claimed_at,
        checks=checks,
        algorithms=(*algorithms_of(signer, certificate), *times.algorithms),
        level=level_of(signer),
        policy=_policy(signer),
    )


def _policy(signer: SignerRecord) -> str:
    try:
        return attributes.signature_policy(signer.signed)
    except Unreadable:
        return ""
