"""Signed references to the signer's certificate (ESS, RFC 2634 and RFC 5035): they bind the signature to that one."""

from dataclasses import dataclass

from edem.kernel.kep import der, oids
from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.messages.attributes import Attributes

MOST_REFERENCES = 32


@dataclass(frozen=True, kw_only=True)
class CertificateReference:
    digest: str
    """The algorithm's name."""
    value: bytes
    issuers: tuple[bytes, ...] = ()
    """DER of the issuer's names; empty when the reference has the digest alone."""
    serial: int | None = None


def signing_certificate(signed: Attributes) -> CertificateReference | None:
    """The first reference is the signer's own; version 2 goes before version 1."""
    second, first = signed.one(oids.ATTR_SIGNING_CERTIFICATE_V2), signed.one(oids.ATTR_SIGNING_CERTIFICATE)
    if second is not None:
        return _reference(_first_of(second), default=oids.SHA256)
    return _reference(_first_of(first), default=None) if first is not None else None


def _first_of(attribute: der.Node) -> der.Node:
    fields = attribute.sequence()
    references = fields.next().sequence_of(most=MOST_REFERENCES)
    if fields.more():
        fields.next().sequence_of(most=MOST_REFERENCES)  # policies
    fields.finish()
    if not references:
        raise Unreadable("ess.empty")
    return references[0]


def _reference(node: der.Node, *, default: str | None) -> CertificateReference:
    """ESSCertIDv2 names its digest (SHA-256 when it does not), ESSCertID is always SHA-1."""
    fields = node.sequence()
    digest = default or oids.SHA1
    if default and fields.peek() == der.Tag.SEQUENCE:
        name = fields.next().sequence()
        digest = name.next().oid()
    value = fields.next().octets()
    issuers, serial = _issuer_serial(fields.next()) if fields.more() else ((), None)
    fields.finish()
    return CertificateReference(digest=digest, value=value, issuers=issuers, serial=serial)


def _issuer_serial(node: der.Node) -> tuple[tuple[bytes, ...], int]:
    fields = node.sequence()
    names = fields.next().sequence_of(most=MOST_REFERENCES)
    serial = fields.next().integer()
    fields.finish()
    directory = der.context(4, constructed=True)
    return tuple(name.inside().raw for name in names if name.tag == directory), serial
