"""Private keys of fixtures: DSTU 4145 with either hash, curves by name or written out; RSA; ECDSA. From a seed."""

import hashlib
import hmac
from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from edem.kernel.kep import oids, write
from edem.kernel.kep.algorithms import dstu4145
from edem.kernel.kep.algorithms.curve import Curve, Point
from edem.kernel.kep.algorithms.curves import NAMED, RECOMMENDED
from edem.kernel.kep.algorithms.dstu4145 import Order
from edem.kernel.kep.algorithms.sbox import DKE_1
from edem.kernel.kep.certificates.algorithm import Algorithm
from edem.kernel.kep.certificates.dstu_key import SCHEMES
from edem.kernel.kep.certificates.key_reading import read_public_key
from edem.kernel.kep.certificates.public_key import PublicKey
from edem.kernel.kep.making import seeds

EXPONENT: Final = 65537


class PrivateKey(ABC):
    """A key that signs, and says how its signatures are named."""

    algorithm: Algorithm
    digest_oid: str
    """The hash that goes with it, for message digests and references."""

    @property
    @abstractmethod
    def public_bytes(self) -> bytes:
        """SubjectPublicKeyInfo."""

    @abstractmethod
    def sign(self, content: bytes) -> bytes:
        """As CMS keeps a signature: for DSTU raw r‖s."""

    def sign_for_certificate(self, content: bytes) -> bytes:
        """As X.509 keeps a signature in its BIT STRING."""
        return self.sign(content)

    @cached_property
    def public(self) -> PublicKey:
        return read_public_key(self.public_bytes)


@dataclass(frozen=True, kw_only=True)
class DstuKind:
    curve: str = "m257"
    signature: str = oids.DSTU4145_GOST_PB_LE
    is_written_out: bool = True
    """The curve's parameters stand in the certificate, as in nearly all real ones; else its name."""


@dataclass(frozen=True, kw_only=True)
class RsaKind:
    bits: int = 2048
    is_pss: bool = False


@dataclass(frozen=True, kw_only=True)
class EcKind:
    """ECDSA on P-256 with SHA-256."""


KeyKind = DstuKind | RsaKind | EcKind

GOST_M257: Final = DstuKind()
GOST_M431: Final = DstuKind(curve="m431")
GOST_M257_NAMED: Final = DstuKind(is_written_out=False)
GOST_M257_BIG_ENDIAN: Final = DstuKind(signature=oids.DSTU4145_GOST_PB_BE)
KUPYNA_M257: Final = DstuKind(signature=oids.DSTU4145_KUPYNA256)
KUPYNA384_M431: Final = DstuKind(curve="m431", signature=oids.DSTU4145_KUPYNA384)
KUPYNA512_M431: Final = DstuKind(curve="m431", signature=oids.DSTU4145_KUPYNA512)
RSA: Final = RsaKind()
RSA_PSS: Final = RsaKind(is_pss=True)
ECDSA: Final = EcKind()


def make_key(kind: KeyKind, *, seed: str) -> PrivateKey:
    if isinstance(kind, DstuKind):
        return DstuPrivateKey(kind, seed=seed)
    return RsaPrivateKey(kind, seed=seed) if isinstance(kind, RsaKind) else EcPrivateKey(seed=seed)


_DIGESTS: Final = {
    oids.DSTU4145_KUPYNA256: oids.KUPYNA256,
    oids.DSTU4145_KUPYNA384: oids.KUPYNA384,
    oids.DSTU4145_KUPYNA512: oids.KUPYNA512,
}


class DstuPrivateKey(PrivateKey):
    def __init__(self, kind: DstuKind, *, seed: str) -> None:
        self.kind, self.curve = kind, NAMED[kind.curve]
        self.private = seeds.number(f"{seed}|{kind.curve}", below=self.curve.order)
        self.point: Point = dstu4145.public_of(self.private, self.curve)
        self.algorithm = Algorithm(kind.signature)
        self.digest_oid = _DIGESTS.get(kind.signature, oids.GOST34311)

    @cached_property
    def public_bytes(self) -> bytes:
        order = SCHEMES[self.kind.signature].order
        point = write.octets(dstu4145.compress_point(self.point, self.curve, order=order))
        named = write.oid(f"{oids.DSTU4145_CURVES}.{RECOMMENDED.index(self.curve)}")
        curve = _written_out(self.curve, order=order) if self.kind.is_written_out else named
        parameters = write.sequence(curve, write.octets(DKE_1))
        algorithm = write.sequence(write.oid(self.kind.signature), parameters)
        return write.sequence(algorithm, write.bits(point))

    def sign(self, content: bytes) -> bytes:
        scheme = SCHEMES[self.kind.signature]
        digest = scheme.hashed(content)
        nonce = hmac.digest(self.private.to_bytes(64, "big"), digest, hashlib.sha256).hex()
        below = self.curve.order
        signature = dstu4145.sign(self.private, digest, self.curve, nonce=seeds.number(nonce, below=below))
        return dstu4145.write_signature(signature, self.curve, order=scheme.order)

    def sign_for_certificate(self, content: bytes) -> bytes:
        return write.octets(self.sign(content))


def _written_out(curve: Curve, *, order: Order) -> bytes:
    parameters = curve.parameters
    exponents = [write.integer(exponent) for exponent in sorted(parameters.middle)]
    return write.sequence(
        write.sequence(
            write.integer(curve.degree), exponents[0] if len(exponents) == 1 else write.sequence(*exponents)
        ),
        write.integer(parameters.a),
        write.octets(parameters.b.to_bytes(curve.field_size, order)),
        write.integer(curve.order),
        write.octets(dstu4145.compress_point(curve.base, curve, order=order)),
    )


class RsaPrivateKey(PrivateKey):
    digest_oid = oids.SHA256

    def __init__(self, kind: RsaKind, *, seed: str) -> None:
        self.key = _rsa_key(seed, bits=kind.bits)
        self.is_pss = kind.is_pss
        self.algorithm = _pss_algorithm() if kind.is_pss else Algorithm(oids.RSA_SHA256, write.NULL)

    @cached_property
    def public_bytes(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    def sign(self, content: bytes) -> bytes:
        scheme = padding.PSS(padding.MGF1(hashes.SHA256()), 32) if self.is_pss else padding.PKCS1v15()
        return self.key.sign(content, scheme, hashes.SHA256())


class EcPrivateKey(PrivateKey):
    digest_oid = oids.SHA256
    algorithm = Algorithm(oids.ECDSA_SHA256)

    def __init__(self, *, seed: str) -> None:
        self.key = ec.derive_private_key(seeds.number(seed, below=1 << 255), ec.SECP256R1())

    @cached_property
    def public_bytes(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    def sign(self, content: bytes) -> bytes:
        return self.key.sign(content, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))


@cache
def _rsa_key(seed: str, *, bits: int) -> rsa.RSAPrivateKey:
    p, q = (seeds.prime(f"{seed}|{name}", bits=bits // 2) for name in "pq")
    d = pow(EXPONENT, -1, (p - 1) * (q - 1))
    public = rsa.RSAPublicNumbers(EXPONENT, p * q)
    parts = (rsa.rsa_crt_dmp1(d, p), rsa.rsa_crt_dmq1(d, q), rsa.rsa_crt_iqmp(p, q))
    return rsa.RSAPrivateNumbers(p, q, d, *parts, public).private_key()


def _pss_algorithm() -> Algorithm:
    sha256 = Algorithm(oids.SHA256, write.NULL).written()
    mask = Algorithm(oids.MGF1, sha256).written()
    parameters = write.sequence(
        write.explicit(0, sha256), write.explicit(1, mask), write.explicit(2, write.integer(32))
    )
    return Algorithm(oids.RSA_PSS, parameters)
