"""The OCSP response as it is written (RFC 6960 §4.2.1). Nothing in it is believed here yet."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from edem.kernel.kep import der, oids
from edem.kernel.kep.algorithms.gost_hash import gost34311
from edem.kernel.kep.certificates.algorithm import Algorithm
from edem.kernel.kep.certificates.cert_id import CertId
from edem.kernel.kep.certificates.certificate import Certificate
from edem.kernel.kep.certificates.extensions import extension_nodes
from edem.kernel.kep.certificates.names import Name
from edem.kernel.kep.certificates.public_key import PublicKey
from edem.kernel.kep.certificates.signed import Signed
from edem.kernel.kep.certificates.status import Reason
from edem.kernel.kep.der import Fields, Node, Tag
from edem.kernel.kep.errors import Unreadable

MOST_BYTES: Final = 256 * 2**10
MOST_ANSWERS: Final = 32
MOST_CERTIFICATES: Final = 8
UNDERSTOOD: Final = frozenset({oids.OCSP_NONCE})
FAULTS: Final = {1: "malformed_request", 2: "internal_error", 3: "try_later", 5: "sign_required", 6: "unauthorized"}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """SingleResponse: neither revoked nor unknown is good."""

    cert_id: CertId
    is_unknown: bool
    revoked_at: datetime | None
    reason: Reason | None
    said_at: datetime
    next_at: datetime | None
    unknown_critical: frozenset[str]

    @classmethod
    def read(cls, node: Node) -> "Answer":
        fields = node.sequence()
        cert_id = CertId.read(fields.next())
        revoked_at, reason, is_unknown = _state(fields.next())
        said_at, next_at, extensions = fields.next().time(), fields.explicit(0), fields.explicit(1)
        fields.finish()
        return cls(
            cert_id=cert_id,
            is_unknown=is_unknown,
            revoked_at=revoked_at,
            reason=reason,
            said_at=said_at,
            next_at=next_at.time() if next_at else None,
            unknown_critical=extension_nodes(extensions)[1],
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class OcspAnswer(Signed):
    """A successful BasicOCSPResponse."""

    responder_name: Name | None
    responder_key_hash: bytes | None
    produced_at: datetime
    answers: tuple[Answer, ...]
    nonce: bytes | None
    unknown_critical: frozenset[str]
    certificates: tuple[Certificate, ...]

    @classmethod
    def parse(cls, source: bytes | memoryview) -> "OcspAnswer":
        """A whole OCSPResponse, or a BasicOCSPResponse alone, as CAdES keeps it in revocation values."""
        whole = der.read(source, most=MOST_BYTES)
        basic = _basic(whole)
        fields = basic.sequence()
        signed_part, algorithm, signature = fields.next(), Algorithm.read(fields.next()), fields.next().bits()
        certificates = fields.explicit(0)
        fields.finish()
        said = _Said.read(signed_part)
        return cls(
            der=whole.raw,
            signed_part=signed_part.raw,
            responder_name=said.responder_name,
            responder_key_hash=said.responder_key_hash,
            produced_at=said.produced_at,
            answers=said.answers,
            nonce=said.nonce,
            unknown_critical=said.unknown_critical,
            certificates=_certificates(certificates),
            signature_algorithm=algorithm,
            signature=signature,
        )

    def is_by(self, certificate: Certificate) -> bool:
        """Whether the answer names this certificate's holder as its responder."""
        if self.responder_name is not None:
            return self.responder_name.is_same(certificate.subject)
        return self.responder_key_hash in _key_hashes(certificate)

    def is_signed_with(self, key: PublicKey) -> bool:
        """Not remembered: each answer is asked about once."""
        return self._fits(key)


@dataclass(frozen=True, kw_only=True)
class _Said:
    """ResponseData."""

    responder_name: Name | None
    responder_key_hash: bytes | None
    produced_at: datetime
    answers: tuple[Answer, ...]
    nonce: bytes | None
    unknown_critical: frozenset[str]

    @classmethod
    def read(cls, node: Node) -> "_Said":
        fields = node.sequence()
        version = fields.explicit(0)
        if version is not None and version.integer() != 0:
            raise Unreadable("ocsp.unknown_version", version=version.integer())
        name, key_hash = _responder(fields)
        produced_at = fields.next().time()
        answers = tuple(Answer.read(each) for each in fields.next().sequence_of(most=MOST_ANSWERS))
        extensions = fields.explicit(1)
        fields.finish()
        nonce, critical = _nonce_and_critical(extensions)
        return cls(
            responder_name=name,
            responder_key_hash=key_hash,
            produced_at=produced_at,
            answers=answers,
            nonce=nonce,
            unknown_critical=critical - UNDERSTOOD,
        )


def _basic(whole: Node) -> Node:
    fields = whole.sequence()
    status = fields.optional(Tag.ENUMERATED)
    if status is None:
        return whole
    number, body = status.enumerated(), fields.explicit(0)
    fields.finish()
    if number != 0 or body is None:
        raise Unreadable("ocsp.refused", status=FAULTS.get(number, number))
    kind = body.sequence()
    oid, response = kind.next().oid(), kind.next().octets()
    kind.finish()
    if oid != oids.OCSP_BASIC:
        raise Unreadable("ocsp.unknown_kind", kind=oid)
    return der.read(response, most=MOST_BYTES)


def _responder(fields: Fields) -> tuple[Name | None, bytes | None]:
    name = fields.explicit(1)
    if name is not None:
        return Name.read(name), None
    key_hash = fields.explicit(2)
    if key_hash is None:
        raise Unreadable("ocsp.no_responder")
    return None, key_hash.octets()


def _state(node: Node) -> tuple[datetime | None, Reason | None, bool]:
    """CertStatus: [0] good, [1] revoked, [2] unknown."""
    if node.tag == der.context(0) and not len(node):
        return None, None, False
    if node.tag == der.context(2) and not len(node):
        return None, None, True
    if node.tag != der.context(1, constructed=True):
        raise Unreadable("ocsp.unknown_state", tag=node.tag)
    fields = node.implicit(Tag.SEQUENCE).sequence()
    revoked_at, reason = fields.next().time(), fields.explicit(0)
    fields.finish()
    return revoked_at, Reason.read(reason.enumerated()) if reason else None, False


def _nonce_and_critical(node: Node | None) -> tuple[bytes | None, frozenset[str]]:
    found, critical = extension_nodes(node)
    nonce = found.get(oids.OCSP_NONCE)
    return nonce.octets() if nonce else None, critical


def _certificates(node: Node | None) -> tuple[Certificate, ...]:
    return tuple(Certificate.parse(each.raw) for each in node.sequence_of(most=MOST_CERTIFICATES)) if node else ()


def _key_hashes(certificate: Certificate) -> set[bytes | None]:
    """By the RFC it is SHA-1; Ukrainian responders hash by GOST 34.311, which is their key identifier too."""
    sha1 = hashlib.sha1(certificate.key_bits, usedforsecurity=False).digest()
    return {sha1, gost34311(certificate.key_bits), certificate.extensions.subject_key_id} - {None}
