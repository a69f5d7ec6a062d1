"""CertID of OCSP (RFC 6960 §4.1.1): a certificate named by hashes of its issuer's name and key, and its serial."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from edem.kernel.kep import oids, write
from edem.kernel.kep.algorithms.gost_hash import gost34311
from edem.kernel.kep.algorithms.kupyna import kupyna
from edem.kernel.kep.certificates.algorithm import Algorithm
from edem.kernel.kep.certificates.certificate import Certificate
from edem.kernel.kep.certificates.public_key import is_dstu
from edem.kernel.kep.der import Node

Hash = Callable[[bytes], bytes]


def _hashed_by(name: str, octets: bytes) -> bytes:
    return hashlib.new(name, octets, usedforsecurity=False).digest()


HASHES: Final[Mapping[str, Hash]] = {
    oids.GOST34311: gost34311,
    oids.KUPYNA256: partial(kupyna, bits=256),
    oids.KUPYNA384: partial(kupyna, bits=384),
    oids.KUPYNA512: partial(kupyna, bits=512),
    # Only names are hashed here, nothing is signed by it: old responders know SHA-1 alone.
    oids.SHA1: partial(_hashed_by, "sha1"),
    oids.SHA256: partial(_hashed_by, "sha256"),
}


@dataclass(frozen=True, kw_only=True)
class CertId:
    hash_oid: str
    name_hash: bytes
    key_hash: bytes
    serial: int

    @classmethod
    def of(cls, certificate: Certificate, *, issuer: Certificate, hash_oid: str | None = None) -> "CertId":
        """By the hash that responders of such certificates know: GOST 34.311 for DSTU, SHA-1 for the rest."""
        oid = hash_oid or (oids.GOST34311 if is_dstu(certificate.signature_algorithm.oid) else oids.SHA1)
        hashed = HASHES[oid]
        return cls(
            hash_oid=oid,
            name_hash=hashed(certificate.issuer.raw),
            key_hash=hashed(issuer.key_bits),
            serial=certificate.serial,
        )

    @classmethod
    def read(cls, node: Node) -> "CertId":
        fields = node.sequence()
        algorithm = Algorithm.read(fields.next())
        name_hash, key_hash, serial = fields.next().octets(), fields.next().octets(), fields.next().integer()
        fields.finish()
        return cls(hash_oid=algorithm.oid, name_hash=name_hash, key_hash=key_hash, serial=serial)

    def written(self) -> bytes:
        parameters = write.NULL if self.hash_oid in (oids.SHA1, oids.SHA256) else None
        return write.sequence(
            Algorithm(self.hash_oid, parameters).written(),
            write.octets(self.name_hash),
            write.octets(self.key_hash),
            write.integer(self.serial),
        )

    def names(self, certificate: Certificate, *, issuer: Certificate) -> bool:
        if self.serial != certificate.serial or self.hash_oid not in HASHES:
            return False
        expected = CertId.of(certificate, issuer=issuer, hash_oid=self.hash_oid)
        # Some responders write the issuer's key identifier in place of the hash of its key.
        keys = {expected.key_hash, issuer.extensions.subject_key_id}
        return self.name_hash == expected.name_hash and self.key_hash in keys
