"""How a certificate stood at a moment: its path to a root, its dates, and what its issuers say of revocation."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from edem.kernel.kep.certificates.certificate import Certificate
from edem.kernel.kep.certificates.crl import status_by_list
from edem.kernel.kep.certificates.ocsp import status_by_ocsp
from edem.kernel.kep.certificates.path import Path, find_path
from edem.kernel.kep.certificates.status import Reason, Status, unsaid
from edem.kernel.kep.messages.ground import Ground
from edem.kernel.kep.verdict import Check, CheckName, Result

NO_EVIDENCE_OF_IT = unsaid("no_evidence")
_KEPT: Final = frozenset({Reason.UNSPECIFIED, Reason.AFFILIATION_CHANGED, Reason.SUPERSEDED, Reason.CESSATION})


def path_of(certificate: Certificate, *, ground: Ground, at: datetime) -> Path:
    return find_path(certificate, others=ground.certificates, trust=ground.trust, at=at)


def path_checks(path: Path) -> tuple[Check, Check]:
    root = Result.PASSED if path.is_trusted else Result.NOT_MADE
    why = "" if path.is_trusted else "not_trusted" if path.is_complete else "not_reached"
    return _path_check(path), Check(name=CheckName.ROOT, result=root, why=why)


def _path_check(path: Path) -> Check:
    if path.faults:
        return Check(name=CheckName.PATH, result=Result.FAILED, why=last_word(path.faults[0].code))
    if path.is_complete:
        return Check(name=CheckName.PATH, result=Result.PASSED)
    why = last_word(path.why_incomplete)
    # Somebody is named as the issuer, is known here, and has not signed it.
    result = Result.FAILED if why == "bad_signature" else Result.NOT_MADE
    return Check(name=CheckName.PATH, result=result, why=why)


def revocation_check(path: Path, *, ground: Ground, at: datetime, name: CheckName, is_own_word: bool = False) -> Check:
    """Of every certificate below the root; the root is the operator's own decision.

    `is_own_word`: the moment is told by these very keys. Whoever has one of them tells any moment.
    """
    weakest = Check(name=name, result=Result.PASSED)
    for certificate, found in statuses_of(path, ground=ground, at=at):
        status = replace(found, result=Result.FAILED, why="revoked") if is_own_word and _is_lost(found) else found
        facts: dict[str, str | int | datetime] = {"holder": certificate.subject.common_name}
        if status.revoked_at is not None:
            facts["revoked_at"] = status.revoked_at
        check = Check(name=name, result=status.result, why=last_word(status.why), facts=facts)
        if status.result is Result.FAILED:
            return check
        if status.result is Result.NOT_MADE and weakest.result is Result.PASSED:
            weakest = check
    return weakest


def _is_lost(status: Status) -> bool:
    """Revoked at whatever time, unless for one of the reasons that RFC 3161 §4.1 lists; silence is none of them."""
    return status.revoked_at is not None and status.reason not in _KEPT


def statuses_of(path: Path, *, ground: Ground, at: datetime) -> Iterator[tuple[Certificate, Status]]:
    for certificate, issuer in zip(path.chain, path.chain[1:], strict=False):
        yield certificate, status_of(certificate, issuer=issuer, ground=ground, at=at)
    if not path.is_complete:
        yield path.chain[-1], NO_EVIDENCE_OF_IT


def status_of(certificate: Certificate, *, issuer: Certificate, ground: Ground, at: datetime) -> Status:
    """The newest word that says anything: a hold that was lifted since is no revocation."""
    said = [*_by_answers(certificate, issuer, ground, at), *_by_lists(certificate, issuer, ground, at)]
    telling = [status for status in said if status.result is not Result.NOT_MADE]
    if not telling:
        return said[0] if said else NO_EVIDENCE_OF_IT
    return max(telling, key=lambda status: (status.said_at, status.result is Result.FAILED))


def _by_answers(certificate: Certificate, issuer: Certificate, ground: Ground, at: datetime) -> list[Status]:
    return [
        status_by_ocsp(certificate, issuer=issuer, answer=answer, at=at, now=ground.now, others=ground.certificates)
        for answer in ground.answers
        if any(single.cert_id.serial == certificate.serial for single in answer.answers)
    ]


def _by_lists(certificate: Certificate, issuer: Certificate, ground: Ground, at: datetime) -> list[Status]:
    own = [listed for listed in ground.lists if listed.issuer.is_same(certificate.issuer)]
    deltas = sorted((listed for listed in own if listed.is_delta), key=lambda listed: listed.said_at)
    return [
        status_by_list(
            certificate, issuer=issuer, full=listed, delta=deltas[-1] if deltas else None, at=at, now=ground.now
        )
        for listed in own
        if not listed.is_delta
    ]


def last_word(code: str) -> str:
    """Codes of the certificates' readers carry their area first; the check's name says it already."""
    return code.rpartition(".")[2]
