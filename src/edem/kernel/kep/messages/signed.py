"""CMS SignedData (RFC 5652 §5): content, certificates and signers, as bytes and names. Nothing is believed here yet."""

from dataclasses import dataclass
from typing import Final

from edem.kernel.kep import der, oids
from edem.kernel.kep.certificates.algorithm import Algorithm
from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.messages.attributes import NO_ATTRIBUTES, Attributes
from edem.kernel.kep.messages.wrapping import opened

MOST_SIGNERS: Final = 32
"""One check takes tens of milliseconds: a file of thousands of signers is an attack, not a document."""
MOST_CERTIFICATES: Final = 128
MOST_DIGESTS: Final = 16


@dataclass(frozen=True, kw_only=True)
class SignerName:
    """Which certificate the signer says is theirs: by issuer and serial, or by the key's identifier."""

    issuer: bytes = b""
    """DER of the issuer's name."""
    serial: int = 0
    key_id: bytes = b""

    @classmethod
    def read(cls, node: der.Node) -> "SignerName":
        if node.tag == der.context(0):
            return cls(key_id=node.body)
        fields = node.sequence()
        issuer, serial = fields.next().raw, fields.next().integer()
        fields.finish()
        return cls(issuer=issuer, serial=serial)


@dataclass(frozen=True, kw_only=True)
class SignerRecord:
    by: SignerName
    digest: Algorithm
    algorithm: Algorithm
    signature: bytes
    signed: Attributes
    unsigned: Attributes

    @classmethod
    def read(cls, node: der.Node) -> "SignerRecord":
        fields = node.sequence()
        version = fields.next().integer()
        if version not in (1, 3):
            raise Unreadable("cms.signer_version", version=version)
        by = SignerName.read(fields.next())
        digest = Algorithm.read(fields.next())
        signed = fields.optional(der.context(0, constructed=True))
        algorithm = Algorithm.read(fields.next())
        signature = fields.next().octets()
        unsigned = fields.optional(der.context(1, constructed=True))
        fields.finish()
        return cls(
            by=by,
            digest=digest,
            algorithm=algorithm,
            signature=signature,
            signed=Attributes.read(signed) if signed else NO_ATTRIBUTES,
            unsigned=Attributes.read(unsigned) if unsigned else NO_ATTRIBUTES,
        )


@dataclass(frozen=True, kw_only=True)
class SignedMessage:
    content_type: str
    content: bytes | None
    """None: the signature is detached."""
    certificates: tuple[bytes, ...]
    crls: tuple[bytes, ...]
    ocsp: tuple[bytes, ...]
    """Whole OCSP answers."""
    signers: tuple[SignerRecord, ...]

    @classmethod
    def parse(cls, message: bytes | der.Node, /) -> "SignedMessage":
        fields = opened(message, expected=oids.CMS_SIGNED).sequence()
        version = fields.next().integer()
        if version not in (1, 3, 4, 5):
            raise Unreadable("cms.version", version=version)
        for digest in fields.next().set_of(most=MOST_DIGESTS):
            Algorithm.read(digest)
        content_type, content = _encapsulated(fields.next())
        certificates = _certificates(fields.optional(der.context(0, constructed=True)))
        crls, ocsp = _revocations(fields.optional(der.context(1, constructed=True)))
        signers = tuple(SignerRecord.read(signer) for signer in fields.next().set_of(most=MOST_SIGNERS))
        fields.finish()
        if not signers:
            raise Unreadable("cms.nobody_signed")
        return cls(
            content_type=content_type,
            content=content,
            certificates=certificates,
            crls=crls,
            ocsp=ocsp,
            signers=signers,
        )


def _encapsulated(node: der.Node) -> tuple[str, bytes | None]:
    fields = node.sequence()
    kind = fields.next().oid()
    content = fields.explicit(0)
    fields.finish()
    return kind, content.octets() if content else None


def _certificates(node: der.Node | None) -> tuple[bytes, ...]:
    """X.509 ones; attribute certificates and other kinds ([0]…[3]) are passed by, nobody is known by them."""
    if node is None:
        return ()
    choices = node.implicit(der.Tag.SET).set_of(most=MOST_CERTIFICATES)
    return tuple(choice.raw for choice in choices if choice.tag == der.Tag.SEQUENCE)


def _revocations(node: der.Node | None) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    if node is None:
        return (), ()
    crls, ocsp = [], []
    for choice in node.implicit(der.Tag.SET).set_of(most=MOST_CERTIFICATES):
        if choice.tag == der.Tag.SEQUENCE:
            crls.append(choice.raw)
        elif choice.tag == der.context(1, constructed=True):
            other = choice.implicit(der.Tag.SEQUENCE).sequence()
            kind, answer = other.next().oid(), other.next()
            other.finish()
            if kind == oids.REVOCATION_INFO_OCSP:
                ocsp.append(answer.raw)
    return tuple(crls), tuple(ocsp)
