"""Numbers out of a seed: the same in every run, so that fixtures can be compared and kept. Secret to nobody."""

import hashlib
from typing import Final

from edem.kernel.kep.algorithms.primes import is_probably_prime

_SURPLUS: Final = 16
_SMALL_PRIMES: Final = tuple(
    number for number in range(3, 2000, 2) if all(number % prime for prime in range(3, int(number**0.5) + 1, 2))
)


def octets(seed: str, count: int) -> bytes:
    return hashlib.shake_256(seed.encode()).digest(count)


def number(seed: str, *, below: int) -> int:
    """Between 1 and the bound, the bound not included."""
    size = (below.bit_length() + 7) // 8 + _SURPLUS
    return int.from_bytes(octets(seed, size), "big") % (below - 1) + 1


def prime(seed: str, *, bits: int) -> int:
    """A prime with its two highest bits set, so that two of them make a modulus of full length."""
    candidate = int.from_bytes(octets(seed, bits // 8), "big") | (3 << bits - 2) | 1
    while any(candidate % small == 0 for small in _SMALL_PRIMES) or not is_probably_prime(candidate):
        candidate += 2
    return candidate
