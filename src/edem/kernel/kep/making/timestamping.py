"""A time-stamping authority for fixtures and simulators: tokens, and answers to requests as they come over HTTP."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from edem.kernel.kep import der, oids, write
from edem.kernel.kep.certificates.algorithm import Algorithm
from edem.kernel.kep.making.authority import Issued
from edem.kernel.kep.making.signing import Hand, digest_algorithm, signed_message
from edem.kernel.kep.messages.digests import digest_of

POLICY = f"{oids.UA}.2.3.1"


@dataclass(kw_only=True)
class TimeStamper:
    issued: Issued
    """By `Authority.time_stamper()`."""
    has_certificate: bool = True
    made: int = 0

    def over(self, at: datetime) -> Callable[[bytes], bytes]:
        """For `Hand.signature_stamp` and `content_stamp`: stamps whatever it is given with this moment."""
        return lambda content: self.token(content, at=at)

    def token(self, content: bytes, *, at: datetime, digest: str = "") -> bytes:
        oid = digest or self.issued.key.digest_oid
        return self.token_of(digest_of(content, oid=oid), digest=oid, at=at)

    def token_of(self, imprint: bytes, *, digest: str, at: datetime, nonce: int | None = None) -> bytes:
        self.made += 1
        stamped = write.sequence(
            write.integer(1),
            write.oid(POLICY),
            write.sequence(digest_algorithm(digest), write.octets(imprint)),
            write.integer(self.made),
            write.generalized_time(at),
            write.integer(nonce) if nonce is not None else b"",
        )
        hand = Hand(issued=self.issued, at=at, has_certificate=self.has_certificate)
        return signed_message(stamped, hand, content_type=oids.CMS_TST_INFO)

    def answer(self, request: bytes, *, at: datetime) -> bytes:
        """TimeStampReq → TimeStampResp (RFC 3161 §2.4)."""
        fields = der.read(request, most=2**16).sequence()
        fields.next().integer()
        imprint = fields.next().sequence()
        digest, hashed = Algorithm.read(imprint.next()).oid, imprint.next().octets()
        fields.optional(der.Tag.OID)
        nonce = fields.optional(der.Tag.INTEGER)
        token = self.token_of(hashed, digest=digest, at=at, nonce=nonce.integer() if nonce else None)
        return write.sequence(write.sequence(write.integer(0)), token)


def stamp_request(content: bytes, *, digest: str, nonce: int | None = None) -> bytes:
    return write.sequence(
        write.integer(1),
        write.sequence(digest_algorithm(digest), write.octets(digest_of(content, oid=digest))),
        write.integer(nonce) if nonce is not None else b"",
        write.TRUE,
    )
