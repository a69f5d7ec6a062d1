"""What authorities issue, in one shell: the signed part, the algorithm, the signature (RFC 5280 §4.1.1, §5.1.1)."""

import hashlib
from dataclasses import dataclass
from functools import cached_property

from edem.kernel.kep.certificates.algorithm import Algorithm
from edem.kernel.kep.certificates.public_key import PublicKey, signature_from_bits
from edem.kernel.kep.certificates.remembered import remembered


@dataclass(frozen=True, kw_only=True, eq=False)
class Signed:
    der: bytes
    signed_part: bytes
    signature_algorithm: Algorithm
    signature: bytes

    @cached_property
    def fingerprint(self) -> bytes:
        return hashlib.sha256(self.der).digest()

    def is_signed_with(self, key: PublicKey) -> bool:
        """Unreadable: its algorithm is not one that this key can check."""
        return remembered(self.fingerprint, key, lambda: self._fits(key))

    def _fits(self, key: PublicKey) -> bool:
        algorithm = self.signature_algorithm
        signature = signature_from_bits(self.signature, algorithm=algorithm.oid)
        return key.verify(signature, self.signed_part, algorithm.oid, parameters=algorithm.parameters)
