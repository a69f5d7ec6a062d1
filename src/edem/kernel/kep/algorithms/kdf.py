"""From an agreed secret to the key that wraps the content key (ISO/IEC 15946-3, X9.63): with GOST 34.311 or Kupyna.

Identifiers 1.2.804.2.1.1.1.1.3.4 (cofactor) and .5 (plain) name agreement with GOST 34.311, .7 and .8 with Kupyna-256.
"""

from collections.abc import Callable

from edem.kernel.kep.algorithms.gost_hash import gost34311
from edem.kernel.kep.algorithms.kupyna import kupyna
from edem.kernel.kep.algorithms.sbox import DKE_1

KEY_SIZE = 32
COUNTER_SIZE = 4


def gost_key(secret: bytes, shared_info: bytes, *, size: int = KEY_SIZE, sbox: bytes = DKE_1) -> bytes:
    """`secret` is the abscissa, big-endian; with GOST 34.311 its leading zeros are left out (as every issuer does)."""
    return _derived(secret.lstrip(b"\0"), shared_info, size, lambda octets: gost34311(octets, sbox=sbox))


def kupyna_key(secret: bytes, shared_info: bytes, *, size: int = KEY_SIZE) -> bytes:
    """`secret` is the abscissa, big-endian, of the field's whole length."""
    return _derived(secret, shared_info, size, lambda octets: kupyna(octets, bits=256))


def _derived(secret: bytes, shared_info: bytes, size: int, digest: Callable[[bytes], bytes]) -> bytes:
    derived = b""
    number = 1
    while len(derived) < size:
        derived += digest(secret + number.to_bytes(COUNTER_SIZE, "big") + shared_info)
        number += 1
    return derived[:size]
