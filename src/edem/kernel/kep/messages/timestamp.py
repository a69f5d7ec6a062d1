"""A time-stamp token (RFC 3161): SignedData over TSTInfo. Its signature is checked as any other, in `stamping.py`."""

from dataclasses import dataclass
from datetime import datetime

from edem.kernel.kep import der, oids
from edem.kernel.kep.certificates.algorithm import Algorithm
from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.messages.signed import SignedMessage, SignerRecord


@dataclass(frozen=True, kw_only=True)
class StampFacts:
    policy: str
    digest: str
    imprint: bytes
    serial: int
    made_at: datetime
    nonce: int | None

    @classmethod
    def parse(cls, content: bytes, /) -> "StampFacts":
        fields = der.read(content, most=2**16).sequence()
        version = fields.next().integer()
        if version != 1:
            raise Unreadable("stamp.version", version=version)
        policy = fields.next().oid()
        imprint = fields.next().sequence()
        digest = Algorithm.read(imprint.next()).oid
        hashed = imprint.next().octets()
        imprint.finish()
        serial, made_at = fields.next().integer(), fields.next().time()
        fields.optional(der.Tag.SEQUENCE)  # accuracy
        fields.optional(der.Tag.BOOLEAN)  # ordering
        nonce = fields.optional(der.Tag.INTEGER)
        fields.tagged(0)  # the authority's own word for its name: the certificate says it better
        fields.tagged(1)  # extensions
        fields.finish()
        return cls(
            policy=policy,
            digest=digest,
            imprint=hashed,
            serial=serial,
            made_at=made_at,
            nonce=nonce.integer() if nonce else None,
        )


@dataclass(frozen=True, kw_only=True)
class Stamp:
    token: SignedMessage
    signer: SignerRecord
    info: StampFacts
    content: bytes

    @classmethod
    def parse(cls, message: bytes | der.Node, /) -> "Stamp":
        token = SignedMessage.parse(message)
        if token.content_type != oids.CMS_TST_INFO:
            raise Unreadable("stamp.other_content", found=token.content_type)
        if token.content is None:
            raise Unreadable("stamp.no_content")
        if len(token.signers) != 1:
            raise Unreadable("stamp.signers", count=len(token.signers))
        return cls(token=token, signer=token.signers[0], info=StampFacts.parse(token.content), content=token.content)


def stamp_in_answer(answer: bytes) -> bytes:
    """The token inside a TimeStampResp: what an authority sends back for a request."""
    fields = der.read(answer, most=2**20).sequence()
    status = fields.next().sequence().next().integer()
    if status not in (0, 1):
        raise Unreadable("stamp.refused", status=status)
    token = fields.next().raw
    fields.finish()
    return token
