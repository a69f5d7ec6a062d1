"""Judging a time-stamp: over these very bytes, by an authority meant for that whose certificate leads to a root."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Final

from edem.kernel.kep import der, oids
from edem.kernel.kep.certificates.certificate import Certificate
from edem.kernel.kep.certificates.path import Path
from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.messages.binding import Signed, checks_of_binding
from edem.kernel.kep.messages.choosing import certificate_of
from edem.kernel.kep.messages.digests import digest_of, is_known
from edem.kernel.kep.messages.evidence import added_by, carried_by
from edem.kernel.kep.messages.ground import Ground
from edem.kernel.kep.messages.standing import last_word, path_of, revocation_check
from edem.kernel.kep.messages.timestamp import Stamp
from edem.kernel.kep.verdict import Check, CheckName, Result

CLOCK_SKEW: Final = timedelta(minutes=5)
MOST_STAMPS: Final = 4


@dataclass(frozen=True, kw_only=True)
class StampFinding:
    check: Check
    revocation: Check | None = None
    made_at: datetime | None = None
    """Only of a stamp that passed."""
    algorithm: str = ""


def judge_stamps(tokens: Iterable[der.Node], *, over: bytes, name: CheckName, ground: Ground) -> list[StampFinding]:
    found = tuple(tokens)
    if len(found) > MOST_STAMPS:
        raise Unreadable("stamp.too_many", count=len(found), most=MOST_STAMPS)
    return [judge_stamp(token, over=over, name=name, ground=ground) for token in found]


def judge_stamp(token: der.Node, *, over: bytes, name: CheckName, ground: Ground) -> StampFinding:
    try:
        stamp = Stamp.parse(token)
        why = _imprint_fault(stamp, over) or _time_fault(stamp, ground.now)
        if why:
            return StampFinding(check=Check(name=name, result=Result.FAILED, why=why))
        evidence = carried_by(stamp.token) + added_by(stamp.signer.unsigned)
        return _by_its_certificate(stamp, name=name, ground=ground.with_more(evidence))
    except Unreadable as fault:
        return StampFinding(check=Check(name=name, result=Result.FAILED, why=last_word(fault.code)))


def _imprint_fault(stamp: Stamp, over: bytes) -> str:
    if not is_known(stamp.info.digest):
        return "unknown_digest"
    expected = digest_of(over, oid=stamp.info.digest)
    return "" if compare_digest(stamp.info.imprint, expected) else "other_imprint"


def _time_fault(stamp: Stamp, now: datetime) -> str:
    return "from_the_future" if stamp.info.made_at > now + CLOCK_SKEW else ""


def _by_its_certificate(stamp: Stamp, *, name: CheckName, ground: Ground) -> StampFinding:
    certificate = certificate_of(stamp.signer, ground=ground)
    if certificate is None:
        return StampFinding(check=Check(name=name, result=Result.NOT_MADE, why="no_certificate"))
    path = path_of(certificate, ground=ground, at=stamp.info.made_at)
    check = _check(stamp, certificate, path, name=name)
    algorithm = certificate.public_key.description
    if check.result is not Result.PASSED:
        return StampFinding(check=check, algorithm=algorithm)
    made_at = stamp.info.made_at
    revocation = revocation_check(
        path, ground=ground, at=made_at, name=CheckName.TIMESTAMP_REVOCATION, is_own_word=True
    )
    return StampFinding(
        check=check,
        revocation=revocation,
        made_at=made_at if revocation.result is not Result.FAILED else None,
        algorithm=algorithm,
    )


def _check(stamp: Stamp, certificate: Certificate, path: Path, *, name: CheckName) -> Check:
    signed = Signed(content=stamp.content, content_type=oids.CMS_TST_INFO)
    # RFC 3161 §2.4.2: an authority always names its certificate in what it signs.
    unbound = [
        each.why for each in checks_of_binding(stamp.signer, signed, certificate) if each.result is not Result.PASSED
    ]
    checks = (
        (bool(unbound), Result.FAILED, unbound[0] if unbound else ""),
        (oids.EKU_TIME_STAMPING not in certificate.extensions.extended_key_usage, Result.FAILED, "not_for_stamps"),
        (bool(path.faults), Result.FAILED, "bad_path"),
        (not path.is_trusted, Result.NOT_MADE, "untrusted"),
        (bool(path.out_of_force), Result.FAILED, "certificate_not_in_force"),
    )
    facts: dict[str, str | int | datetime] = {
        "made_at": stamp.info.made_at,
        "authority": certificate.subject.common_name,
    }
    result, why = next(((result, why) for fails, result, why in checks if fails), (Result.PASSED, ""))
    return Check(name=name, result=result, why=why, facts=facts)
