"""What ties a signature to its bytes and to one certificate: digest, signed attributes, ESS reference, the value.

The same for a signer of a document and for a time-stamping authority.
"""

import hashlib
from dataclasses import dataclass
from hmac import compare_digest

from edem.kernel.kep import der, oids
from edem.kernel.kep.certificates.certificate import Certificate
from edem.kernel.kep.certificates.public_key import is_dstu
from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.messages import attributes
from edem.kernel.kep.messages.digests import digest_of, is_known
from edem.kernel.kep.messages.references import CertificateReference, signing_certificate
from edem.kernel.kep.messages.signed import SignerRecord
from edem.kernel.kep.verdict import Check, CheckName, Result


@dataclass(frozen=True, kw_only=True)
class Signed:
    """What a signature is over: the bytes and the kind that the message says they are."""

    content: bytes
    content_type: str


def checks_of_binding(signer: SignerRecord, signed: Signed, certificate: Certificate) -> tuple[Check, ...]:
    return (
        content_check(signer, signed),
        attributes_check(signer, signed),
        reference_check(signer, certificate),
        signature_check(signer, certificate),
    )


def content_check(signer: SignerRecord, signed: Signed) -> Check:
    if not is_known(signer.digest.oid):
        return _failed(CheckName.CONTENT, "unknown_digest", algorithm=signer.digest.oid)
    try:
        said = attributes.message_digest(signer.signed)
    except Unreadable as fault:
        return _failed(CheckName.CONTENT, fault.code)
    if said is None:
        return _failed(CheckName.CONTENT, "no_digest")
    # Comparing in constant time is not needed for what is public; it costs nothing and nobody has to wonder.
    if not compare_digest(said, digest_of(signed.content, oid=signer.digest.oid)):
        return _failed(CheckName.CONTENT, "other_content")
    return _passed(CheckName.CONTENT)


def attributes_check(signer: SignerRecord, signed: Signed) -> Check:
    """Without signed attributes a signature over somebody's attributes would pass for one over a content."""
    if not signer.signed.values:
        return _failed(CheckName.ATTRIBUTES, "no_signed_attributes")
    try:
        kind = attributes.content_type(signer.signed)
        attributes.signing_time(signer.signed)
        attributes.signature_policy(signer.signed)
    except Unreadable as fault:
        return _failed(CheckName.ATTRIBUTES, fault.code)
    if kind != signed.content_type:
        return _failed(CheckName.ATTRIBUTES, "other_content_type")
    return _passed(CheckName.ATTRIBUTES)


def reference_check(signer: SignerRecord, certificate: Certificate) -> Check:
    try:
        reference = signing_certificate(signer.signed)
    except Unreadable as fault:
        return _failed(CheckName.SIGNING_CERTIFICATE, fault.code)
    if reference is None:
        return Check(name=CheckName.SIGNING_CERTIFICATE, result=Result.NOT_MADE, why="no_reference")
    if not _names(reference, certificate):
        return _failed(CheckName.SIGNING_CERTIFICATE, "other_certificate")
    return _passed(CheckName.SIGNING_CERTIFICATE)


def signature_check(signer: SignerRecord, certificate: Certificate) -> Check:
    try:
        holds = any(_holds(signer, certificate, value) for value in _values(signer))
    except Unreadable as fault:
        return _failed(CheckName.SIGNATURE, fault.code)
    return _passed(CheckName.SIGNATURE) if holds else _failed(CheckName.SIGNATURE, "other_value")


def _holds(signer: SignerRecord, certificate: Certificate, value: bytes) -> bool:
    return certificate.public_key.verify(
        value,
        signer.signed.encoded,
        signer.algorithm.oid,
        parameters=signer.algorithm.parameters,
        digest=signer.digest.oid,
    )


def _values(signer: SignerRecord) -> tuple[bytes, ...]:
    """In CMS a DSTU signature is r‖s; some producers wrap it in an OCTET STRING of its own, as X.509 does."""
    value = signer.signature
    is_wrapped = is_dstu(signer.algorithm.oid) and value[:2] == bytes(
        (der.Tag.OCTET_STRING, max(len(value) - 2, 0) % 256)
    )
    return (value[2:], value) if is_wrapped else (value,)


def _names(reference: CertificateReference, certificate: Certificate) -> bool:
    if reference.serial is not None and reference.serial != certificate.serial:
        return False
    return compare_digest(reference.value, _digest_for(reference, certificate))


def _digest_for(reference: CertificateReference, certificate: Certificate) -> bytes:
    """SHA-1 is taken here alone: the old reference knows no other, and nobody can make a second certificate to one."""
    if reference.digest == oids.SHA1:
        return hashlib.sha1(certificate.der, usedforsecurity=False).digest()
    return digest_of(certificate.der, oid=reference.digest) if is_known(reference.digest) else b""


def _passed(name: CheckName) -> Check:
    return Check(name=name, result=Result.PASSED)


def _failed(name: CheckName, why: str, **facts: str) -> Check:
    return Check(name=name, result=Result.FAILED, why=why, facts=facts)
