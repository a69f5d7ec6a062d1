"""CMS EnvelopedData with key agreement (RFC 5652 §6.2.2): for whom, from whom, with what; nothing is opened here."""

from dataclasses import dataclass
from typing import Final

from edem.kernel.kep import der, oids
from edem.kernel.kep.certificates.algorithm import Algorithm
from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.messages.signed import SignerName
from edem.kernel.kep.messages.wrapping import opened

MOST_RECIPIENTS: Final = 64
AGREEMENT_VERSION: Final = 3


@dataclass(frozen=True, kw_only=True)
class Recipient:
    by: SignerName
    encrypted_key: bytes


@dataclass(frozen=True, kw_only=True)
class Originator:
    """The other side of the agreement: by its certificate's name, or the key itself (SubjectPublicKeyInfo)."""

    by: SignerName | None
    key: bytes = b""


@dataclass(frozen=True, kw_only=True)
class Agreement:
    originator: Originator
    key_material: bytes | None
    """The sender's random bytes («ukm»), so that the same two keys agree on another secret each time."""
    derivation: str
    wrap: str
    recipients: tuple[Recipient, ...]

    @classmethod
    def read(cls, node: der.Node) -> "Agreement":
        fields = node.implicit(der.Tag.SEQUENCE).sequence()
        version = fields.next().integer()
        if version != AGREEMENT_VERSION:
            raise Unreadable("envelope.agreement_version", version=version)
        originator = fields.explicit(0)
        if originator is None:
            raise Unreadable("envelope.no_originator")
        material = fields.explicit(1)
        derivation, wrap = _derivation(fields.next())
        recipients = tuple(_recipient(each) for each in fields.next().sequence_of(most=MOST_RECIPIENTS))
        fields.finish()
        return cls(
            originator=_originator(originator),
            key_material=material.octets() if material else None,
            derivation=derivation,
            wrap=wrap,
            recipients=recipients,
        )


@dataclass(frozen=True, kw_only=True)
class Envelope:
    agreements: tuple[Agreement, ...]
    certificates: tuple[bytes, ...]
    """The sender's, when they travel along."""
    content_type: str
    cipher: Algorithm
    encrypted: bytes

    @classmethod
    def parse(cls, message: bytes | der.Node, /) -> "Envelope":
        fields = opened(message, expected=oids.CMS_ENVELOPED).sequence()
        version = fields.next().integer()
        if version not in range(5):
            raise Unreadable("envelope.version", version=version)
        certificates = _certificates(fields.optional(der.context(0, constructed=True)))
        agreements = tuple(
            Agreement.read(recipient)
            for recipient in fields.next().set_of(most=MOST_RECIPIENTS)
            if recipient.tag == der.context(1, constructed=True)
        )
        content_type, cipher, encrypted = _encrypted(fields.next())
        fields.optional(der.context(1, constructed=True))  # unprotected attributes say nothing to be believed
        fields.finish()
        if not agreements:
            raise Unreadable("envelope.no_agreement")
        return cls(
            agreements=agreements,
            certificates=certificates,
            content_type=content_type,
            cipher=cipher,
            encrypted=encrypted,
        )


def _certificates(node: der.Node | None) -> tuple[bytes, ...]:
    certificates = node.implicit(der.Tag.SEQUENCE).sequence().tagged(0) if node else None
    if certificates is None:
        return ()
    choices = certificates.implicit(der.Tag.SET).set_of(most=MOST_RECIPIENTS)
    return tuple(choice.raw for choice in choices if choice.tag == der.Tag.SEQUENCE)


def _derivation(node: der.Node) -> tuple[str, str]:
    """The name of the agreement with its KDF; its parameter is the name of the key wrap."""
    fields = node.sequence()
    derivation = fields.next().oid()
    wrap = Algorithm.read(fields.next()).oid
    fields.finish()
    return derivation, wrap


def _originator(node: der.Node) -> Originator:
    if node.tag == der.context(1, constructed=True):
        return Originator(by=None, key=node.retagged(der.Tag.SEQUENCE))
    return Originator(by=SignerName.read(node))


def _recipient(node: der.Node) -> Recipient:
    fields = node.sequence()
    rid, key = fields.next(), fields.next().octets()
    fields.finish()
    if rid.tag == der.context(0, constructed=True):
        return Recipient(
            by=SignerName(key_id=rid.implicit(der.Tag.SEQUENCE).sequence().next().octets()), encrypted_key=key
        )
    return Recipient(by=SignerName.read(rid), encrypted_key=key)


def _encrypted(node: der.Node) -> tuple[str, Algorithm, bytes]:
    fields = node.sequence()
    content_type, cipher = fields.next().oid(), Algorithm.read(fields.next())
    encrypted = fields.tagged(0)
    fields.finish()
    if encrypted is None:
        raise Unreadable("envelope.no_content")
    return content_type, cipher, _whole(encrypted)


def _whole(encrypted: der.Node) -> bytes:
    """A sender who encrypts as they read writes the string in pieces."""
    if encrypted.tag == der.context(0):
        return encrypted.body
    return b"".join(piece.octets() for piece in encrypted.implicit(der.Tag.SEQUENCE).sequence_of())
