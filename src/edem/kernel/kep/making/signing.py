"""Signed messages for fixtures and simulators: CAdES-BES, -EPES, -T, -LT, one signer or several, whole or detached."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from edem.kernel.kep import oids, write
from edem.kernel.kep.certificates.algorithm import Algorithm
from edem.kernel.kep.certificates.certificate import Certificate
from edem.kernel.kep.making.authority import Issued
from edem.kernel.kep.messages.digests import digest_of
from edem.kernel.kep.messages.evidence import NO_EVIDENCE, Evidence

Stamp = Callable[[bytes], bytes]
"""Gives a time-stamp token over the bytes: `TimeStamper.over(at)`."""

WITH_NULL: Final = frozenset({oids.SHA256, oids.SHA384, oids.SHA512})


@dataclass(frozen=True, kw_only=True)
class Hand:
    """One who signs, and how their signature is to look."""

    issued: Issued
    at: datetime | None = None
    """The time that they claim."""
    digest: str = ""
    """By default the one that goes with the key."""
    policy: str = ""
    has_reference: bool = True
    """signing-certificate-v2 among what is signed."""
    has_certificate: bool = True
    """The certificate travels along."""
    names_key: bool = False
    """By the key's identifier instead of issuer and serial."""
    content_stamp: Stamp | None = None
    signature_stamp: Stamp | None = None
    evidence: Evidence = NO_EVIDENCE
    """Added to the signature as certificate and revocation values (CAdES-LT)."""

    @property
    def digest_oid(self) -> str:
        return self.digest or self.issued.key.digest_oid


def signed_message(
    content: bytes,
    *hands: Hand,
    is_detached: bool = False,
    content_type: str = oids.CMS_DATA,
    certificates: Sequence[Certificate] = (),
) -> bytes:
    """SignedData in its ContentInfo; `certificates` travel along besides the signers' own."""
    return assembled(
        [signer_record(content, hand, content_type=content_type) for hand in hands],
        content=None if is_detached else content,
        digests=dict.fromkeys(hand.digest_oid for hand in hands),
        content_type=content_type,
        certificates=[*(hand.issued.certificate for hand in hands if hand.has_certificate), *certificates],
    )


def assembled(
    signers: Sequence[bytes],
    *,
    content: bytes | None,
    digests: Sequence[str] | dict[str, None],
    content_type: str = oids.CMS_DATA,
    certificates: Sequence[Certificate] = (),
) -> bytes:
    """The message around signers that are there already: tests put together what nobody would sign."""
    inner = write.explicit(0, write.octets(content)) if content is not None else b""
    bundle = write.set_of(*dict.fromkeys(each.der for each in certificates))
    body = write.sequence(
        write.integer(1 if content_type == oids.CMS_DATA else 3),
        write.set_of(*(digest_algorithm(oid) for oid in digests)),
        write.sequence(write.oid(content_type), inner),
        write.implicit(0, bundle) if certificates else b"",
        write.set_of(*signers),
    )
    return write.sequence(write.oid(oids.CMS_SIGNED), write.explicit(0, body))


def signer_record(content: bytes, hand: Hand, *, content_type: str = oids.CMS_DATA) -> bytes:
    attributes = write.set_of(*signed_attributes(content, hand, content_type=content_type))
    key = hand.issued.key
    signature = key.sign(attributes)
    unsigned = unsigned_attributes(signature, hand)
    return write.sequence(
        write.integer(3 if hand.names_key else 1),
        _name(hand),
        digest_algorithm(hand.digest_oid),
        write.implicit(0, attributes),
        key.algorithm.written(),
        write.octets(signature),
        write.implicit(1, write.set_of(*unsigned)) if unsigned else b"",
    )


def signed_attributes(content: bytes, hand: Hand, *, content_type: str = oids.CMS_DATA) -> list[bytes]:
    made = [
        attribute(oids.ATTR_CONTENT_TYPE, write.oid(content_type)),
        attribute(oids.ATTR_MESSAGE_DIGEST, write.octets(digest_of(content, oid=hand.digest_oid))),
    ]
    if hand.at is not None:
        made.append(attribute(oids.ATTR_SIGNING_TIME, write.time(hand.at)))
    if hand.has_reference:
        made.append(reference(hand.issued.certificate, digest=hand.digest_oid))
    if hand.policy:
        hashed = write.sequence(digest_algorithm(hand.digest_oid), write.octets(digest_of(b"", oid=hand.digest_oid)))
        made.append(attribute(oids.ATTR_SIGNATURE_POLICY, write.sequence(write.oid(hand.policy), hashed)))
    if hand.content_stamp is not None:
        made.append(attribute(oids.ATTR_CONTENT_TIMESTAMP, hand.content_stamp(content)))
    return made


def unsigned_attributes(signature: bytes, hand: Hand) -> list[bytes]:
    made = []
    if hand.signature_stamp is not None:
        made.append(attribute(oids.ATTR_SIGNATURE_TIMESTAMP, hand.signature_stamp(signature)))
    if hand.evidence.certificates:
        made.append(attribute(oids.ATTR_CERTIFICATE_VALUES, write.sequence(*hand.evidence.certificates)))
    if hand.evidence.crls or hand.evidence.ocsp:
        crls = write.explicit(0, write.sequence(*hand.evidence.crls)) if hand.evidence.crls else b""
        ocsp = write.explicit(1, write.sequence(*hand.evidence.ocsp)) if hand.evidence.ocsp else b""
        made.append(attribute(oids.ATTR_REVOCATION_VALUES, write.sequence(crls, ocsp)))
    return made


def attribute(kind: str, *values: bytes) -> bytes:
    return write.sequence(write.oid(kind), write.set_of(*values))


def reference(certificate: Certificate, *, digest: str) -> bytes:
    """signing-certificate-v2 with the issuer's name and the serial, as Ukrainian producers write it."""
    issuer = write.sequence(write.explicit(4, certificate.issuer.raw))
    named = write.sequence(
        digest_algorithm(digest),
        write.octets(digest_of(certificate.der, oid=digest)),
        write.sequence(issuer, write.integer(certificate.serial)),
    )
    return attribute(oids.ATTR_SIGNING_CERTIFICATE_V2, write.sequence(write.sequence(named)))


def digest_algorithm(oid: str) -> bytes:
    return Algorithm(oid, write.NULL if oid in WITH_NULL else None).written()


def _name(hand: Hand) -> bytes:
    certificate = hand.issued.certificate
    if hand.names_key:
        return write.implicit(0, write.octets(certificate.extensions.subject_key_id or b""))
    return write.sequence(certificate.issuer.raw, write.integer(certificate.serial))
