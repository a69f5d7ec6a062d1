"""A public key: what it can be asked. Its kinds are in dstu_key.py (DSTU 4145) and other_keys.py (RSA, ECDSA)."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Final

from edem.kernel.kep import der, oids
from edem.kernel.kep.errors import Unreadable

DSTU_PREFIXES: Final = (oids.DSTU4145_GOST + ".", f"{oids.UA}.1.3.6.")


class PublicKey(ABC):
    """A key that checks signatures; its bytes are the whole SubjectPublicKeyInfo."""

    @property
    @abstractmethod
    def description(self) -> str:
        """For people: the algorithm and its size."""

    @property
    @abstractmethod
    def bits(self) -> bytes:
        """What is in the BIT STRING of the key: key identifiers and OCSP hash it."""

    def verify(
        self,
        signature: bytes,
        data: bytes | memoryview,
        algorithm: str,
        *,
        parameters: bytes | None = None,
        digest: str | None = None,
    ) -> bool:
        """Whether the signature is of this key over the data; Unreadable: this algorithm cannot be checked.

        `digest` is needed where CMS names the hash apart (rsaEncryption). A DSTU signature is raw r‖s.
        """
        return self.fits(signature, bytes(data), Method(algorithm, parameters, digest))

    @abstractmethod
    def fits(self, signature: bytes, data: bytes, method: "Method") -> bool:
        """The same by one kind of key."""


@dataclass(frozen=True)
class Method:
    """How something was signed, by its own word."""

    algorithm: str
    parameters: bytes | None = None
    digest: str | None = None

    def unknown(self) -> Unreadable:
        return Unreadable("signature.unknown_algorithm", algorithm=self.algorithm, digest=self.digest)


def is_dstu(algorithm: str) -> bool:
    return algorithm.startswith(DSTU_PREFIXES)


def signature_from_bits(bits: bytes, *, algorithm: str) -> bytes:
    """What X.509 keeps in its BIT STRING: DSTU signatures are wrapped there in an OCTET STRING."""
    return der.read(bits).octets() if is_dstu(algorithm) else bits
