"""Verifying a signed file as a whole: CAdES with its content inside or beside it, or an ASiC container."""

from dataclasses import replace
from datetime import datetime

from edem.kernel.kep.certificates.trust import TrustList
from edem.kernel.kep.messages.asic import Container, Covered
from edem.kernel.kep.messages.digests import digest_of, is_known
from edem.kernel.kep.messages.evidence import NO_EVIDENCE, Evidence, carried_by
from edem.kernel.kep.messages.ground import Ground
from edem.kernel.kep.messages.judging import judge
from edem.kernel.kep.messages.parts import Part, SignedUpload
from edem.kernel.kep.messages.wanting import Wanted, authorities_of, wanted_of
from edem.kernel.kep.verdict import Check, CheckName, Result, SignedFile, SignerVerdict, Verdict

__all__ = ["NO_EVIDENCE", "Evidence", "Wanted", "authorities", "verify", "wanted"]


def verify(
    signed: bytes,
    *,
    content: bytes | None = None,
    trust: TrustList,
    evidence: Evidence = NO_EVIDENCE,
    now: datetime,
) -> Verdict:
    """Raises Unreadable for what is no signature, and where the content is needed and not there."""
    ground = Ground(trust=trust, now=now).with_more(evidence)
    upload = SignedUpload.parse(signed, content=content)
    if upload.container is not None:
        return _of_container(upload.container, upload.parts, given=content, ground=ground)
    (part,) = upload.parts
    signers = _signers(part, ground=ground)
    if content is not None and content != part.content:
        signers = _all_with_fault(signers, "differs_from_given")
    return Verdict(signers=signers, content=part.content)


def wanted(
    signed: bytes,
    *,
    content: bytes | None = None,
    trust: TrustList,
    evidence: Evidence = NO_EVIDENCE,
    now: datetime,
) -> tuple[Wanted, ...]:
    """The issuers' words on revocation that `verify` lacked, or had only from before the signature."""
    ground = Ground(trust=trust, now=now).with_more(evidence)
    return wanted_of(SignedUpload.parse(signed, content=content).parts, ground=ground)


def authorities(
    signed: bytes,
    *,
    content: bytes | None = None,
    trust: TrustList,
    evidence: Evidence = NO_EVIDENCE,
    now: datetime,
) -> tuple[bytes, ...]:
    """DER of the authorities, root included, by whose certificates `verify` came to its verdict."""
    ground = Ground(trust=trust, now=now).with_more(evidence)
    parts = SignedUpload.parse(signed, content=content).parts
    return tuple(each.der for each in authorities_of(parts, ground=ground))


def _signers(part: Part, *, ground: Ground) -> tuple[SignerVerdict, ...]:
    ground = ground.with_more(carried_by(part.message))
    return tuple(judge(signer, signed=part.signed, ground=ground) for signer in part.message.signers)


def _of_container(container: Container, parts: tuple[Part, ...], *, given: bytes | None, ground: Ground) -> Verdict:
    signers = tuple(signer for part in parts for signer in _of_part(part, container, ground=ground))
    if given is not None and given not in container.files.values():
        signers = _all_with_fault(signers, "differs_from_given")
    named = {name for each in signers for name in each.covers}
    files = tuple(
        SignedFile(name=name, size=len(body), is_signed=name in named) for name, body in container.files.items()
    )
    only = next(iter(container.files.values())) if len(container.files) == 1 else None
    return Verdict(signers=signers, content=only, form=container.form, files=files)


def _of_part(part: Part, container: Container, *, ground: Ground) -> tuple[SignerVerdict, ...]:
    assert part.covered is not None  # every part of a container is
    found = _signers(part, ground=ground)
    if part.message.content is not None and part.message.content != part.content:
        found = _all_with_fault(found, "other_content")
    why, name = _file_fault(part.covered, container.files)
    if why:
        found = _all_with_fault(found, why, file=name)
    names = (part.covered.name,) if part.covered.name else tuple(file.name for file in part.covered.files)
    return tuple(replace(each, covers=names) for each in found)


def _file_fault(covered: Covered, files: dict[str, bytes]) -> tuple[str, str]:
    """The first file of the manifest that is not as the manifest says."""
    for file in covered.files:
        if file.name not in files:
            return "file_missing", file.name
        if not is_known(file.digest):
            return "unknown_digest", file.name
        if digest_of(files[file.name], oid=file.digest) != file.value:
            return "file_changed", file.name
    return "", ""


def _all_with_fault(signers: tuple[SignerVerdict, ...], why: str, **facts: str) -> tuple[SignerVerdict, ...]:
    """The signatures may be good, but not of this content."""
    fault = Check(name=CheckName.CONTENT, result=Result.FAILED, why=why, facts=facts)
    return tuple(
        replace(each, checks=(fault, *(check for check in each.checks if check.name is not CheckName.CONTENT)))
        for each in signers
    )
