"""RSA and ECDSA keys, checked by `cryptography`; weak, odd and hostile ones are refused before it sees them."""

from collections.abc import Mapping
from typing import Final, cast

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key

from edem.kernel.kep import der, oids
from edem.kernel.kep.certificates.algorithm import Algorithm
from edem.kernel.kep.certificates.public_key import Method, PublicKey
from edem.kernel.kep.errors import Unreadable

RSA_BITS: Final = range(2048, 8192 + 1)
MOST_EXPONENT_BITS: Final = 64
"""Of hostile keys with huge exponents one check takes minutes."""

DEFAULT_SALT: Final = 20

HASHES: Final[Mapping[str, hashes.HashAlgorithm]] = {
    oids.SHA256: hashes.SHA256(),
    oids.SHA384: hashes.SHA384(),
    oids.SHA512: hashes.SHA512(),
}
RSA_SIGNATURES: Final = {oids.RSA_SHA256: oids.SHA256, oids.RSA_SHA384: oids.SHA384, oids.RSA_SHA512: oids.SHA512}
EC_SIGNATURES: Final = {oids.ECDSA_SHA256: oids.SHA256, oids.ECDSA_SHA384: oids.SHA384, oids.ECDSA_SHA512: oids.SHA512}
EC_CURVES: Final = {oids.P256: "P-256", oids.P384: "P-384", oids.P521: "P-521"}


class RsaKey(PublicKey):
    def __init__(self, source: bytes, bits: bytes) -> None:
        self._key = cast(rsa.RSAPublicKey, _loaded(source))
        self._bits = bits
        if self._key.key_size not in RSA_BITS:
            raise Unreadable("key.bad_size", bits=self._key.key_size)
        if self._key.public_numbers().e.bit_length() > MOST_EXPONENT_BITS:
            raise Unreadable("key.bad_exponent")

    @property
    def description(self) -> str:
        return f"RSA {self._key.key_size}"

    @property
    def bits(self) -> bytes:
        return self._bits

    def fits(self, signature: bytes, data: bytes, method: Method) -> bool:
        scheme, hashed = _rsa_scheme(method)
        try:
            self._key.verify(signature, data, scheme, hashed)
        except InvalidSignature:
            return False
        return True


class EcKey(PublicKey):
    def __init__(self, source: bytes, bits: bytes, *, parameters: bytes | None) -> None:
        # Only curves by name: in explicit parameters a forger may hide a generator of his own (CVE-2020-0601).
        curve = EC_CURVES.get(der.read(parameters or b"").oid())
        if curve is None:
            raise Unreadable("key.unknown_curve")
        self._curve, self._bits = curve, bits
        self._key = cast(ec.EllipticCurvePublicKey, _loaded(source))

    @property
    def description(self) -> str:
        return f"ECDSA {self._curve}"

    @property
    def bits(self) -> bytes:
        return self._bits

    def fits(self, signature: bytes, data: bytes, method: Method) -> bool:
        named = method.digest if method.algorithm == oids.EC_PUBLIC_KEY else EC_SIGNATURES.get(method.algorithm)
        try:
            self._key.verify(signature, data, ec.ECDSA(_hash(named, method)))
        except InvalidSignature:
            return False
        return True


def _loaded(source: bytes) -> object:
    try:
        return load_der_public_key(source)
    except (ValueError, UnsupportedAlgorithm) as fault:
        raise Unreadable("key.bad") from fault


def _hash(oid: str | None, method: Method) -> hashes.HashAlgorithm:
    if oid is None or oid not in HASHES:
        raise method.unknown()
    return HASHES[oid]


def _rsa_scheme(method: Method) -> tuple[padding.AsymmetricPadding, hashes.HashAlgorithm]:
    if method.algorithm == oids.RSA_PSS:
        return _pss(method)
    named = method.digest if method.algorithm == oids.RSA_ENCRYPTION else RSA_SIGNATURES.get(method.algorithm)
    return padding.PKCS1v15(), _hash(named, method)


def _pss(method: Method) -> tuple[padding.PSS, hashes.HashAlgorithm]:
    """RFC 4055 §3.1; the defaults mean SHA-1, so an algorithm that names no hash is refused."""
    fields = der.read(method.parameters or b"").sequence()
    digest, mask, salt, trailer = (fields.explicit(number) for number in range(4))
    fields.finish()
    if digest is None or mask is None or (trailer is not None and trailer.integer() != 1):
        raise method.unknown()
    named, generator = Algorithm.read(digest).oid, Algorithm.read(mask)
    if generator.oid != oids.MGF1 or Algorithm.read(der.read(generator.parameters or b"")).oid != named:
        raise method.unknown()
    hashed = _hash(named, method)
    length = salt.integer() if salt else DEFAULT_SALT
    if length not in range(hashed.digest_size + 1):
        raise Unreadable("signature.bad_salt", length=length)
    return padding.PSS(mgf=padding.MGF1(hashed), salt_length=length), hashed
