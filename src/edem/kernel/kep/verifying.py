"""Verifying a signed file as a whole: CAdES with its content inside or beside it, or an ASiC container."""

from dataclasses import replace
from datetime import datetime

from edem.kernel.kep.certificates.trust import TrustList
from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.messages.asic import Container, Covered
from edem.kernel.kep.messages.binding import Signed
from edem.kernel.kep.messages.content_info import unarmoured
from edem.kernel.kep.messages.digests import digest_of, is_known
from edem.kernel.kep.messages.evidence import NO_EVIDENCE, Evidence, carried_by
from edem.kernel.kep.messages.ground import Ground
from edem.kernel.kep.messages.judging import judge
from edem.kernel.kep.messages.signed import SignedData
from edem.kernel.kep.messages.zipped import is_archive
from edem.kernel.kep.verdict import Check, CheckName, Result, SignedFile, SignerVerdict, Verdict

__all__ = ["NO_EVIDENCE", "Evidence", "verify"]


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
    if is_archive(signed):
        return _container(Container.parse(signed), given=content, ground=ground)
    message = SignedData.parse(unarmoured(signed))
    inside = message.content if message.content is not None else content
    if inside is None:
        raise Unreadable("cms.content_needed")
    signers = _signers(message, content=inside, ground=ground)
    if content is not None and content != inside:
        signers = tuple(_with_fault(each, "differs_from_given") for each in signers)
    return Verdict(signers=signers, content=inside)


def _signers(message: SignedData, *, content: bytes, ground: Ground) -> tuple[SignerVerdict, ...]:
    ground = ground.with_more(carried_by(message))
    signed = Signed(content=content, content_type=message.content_type)
    return tuple(judge(signer, signed=signed, ground=ground) for signer in message.signers)


def _container(container: Container, *, given: bytes | None, ground: Ground) -> Verdict:
    signers = tuple(
        signer for covered in container.signatures for signer in _covered(covered, container, ground=ground)
    )
    if given is not None and given not in container.files.values():
        signers = tuple(_with_fault(each, "differs_from_given") for each in signers)
    named = {name for each in signers for name in each.covers}
    files = tuple(
        SignedFile(name=name, size=len(body), is_signed=name in named) for name, body in container.files.items()
    )
    only = next(iter(container.files.values())) if len(container.files) == 1 else None
    return Verdict(signers=signers, content=only, form=container.form, files=files)


def _covered(covered: Covered, container: Container, *, ground: Ground) -> tuple[SignerVerdict, ...]:
    message = SignedData.parse(covered.signature)
    found = _signers(message, content=covered.content, ground=ground)
    if message.content is not None and message.content != covered.content:
        found = tuple(_with_fault(each, "other_content") for each in found)
    names = (covered.name,) if covered.name else tuple(file.name for file in covered.files)
    why, name = _file_fault(covered, container.files)
    if why:
        found = tuple(_with_fault(each, why, file=name) for each in found)
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


def _with_fault(signer: SignerVerdict, why: str, **facts: str) -> SignerVerdict:
    """The signature may be good, but not of this content."""
    fault = Check(name=CheckName.CONTENT, result=Result.FAILED, why=why, facts=facts)
    return replace(signer, checks=(fault, *(check for check in signer.checks if check.name is not CheckName.CONTENT)))
