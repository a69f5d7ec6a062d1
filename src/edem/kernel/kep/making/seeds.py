"""Numbers out of a seed: the same in every run, so that fixtures can be compared and kept. Secret to nobody."""

import hashlib
from functools import cache
from typing import Final

from edem.kernel.kep.algorithms.primes import is_probably_prime

_SURPLUS: Final = 16
_WINDOW: Final = 8192


def octets(seed: str, count: int) -> bytes:
    return hashlib.shake_256(seed.encode()).digest(count)


def number(seed: str, *, below: int) -> int:
    """Between 1 and the bound, the bound not included."""
    size = (below.bit_length() + 7) // 8 + _SURPLUS
    return int.from_bytes(octets(seed, size), "big") % (below - 1) + 1


def prime(seed: str, *, bits: int) -> int:
    """A prime with its two highest bits set, so that two of them make a modulus of full length."""
    start = int.from_bytes(octets(seed, bits // 8), "big") | (3 << bits - 2) | 1
    sieve = bytearray(_WINDOW)
    for small in _small_primes():
        # start + 2·place is divisible by it
        first = -start * pow(2, -1, small) % small
        sieve[first::small] = b"\x01" * len(range(first, _WINDOW, small))
    candidates = (start + 2 * place for place in range(_WINDOW) if not sieve[place])
    return next(each for each in candidates if pow(2, each - 1, each) == 1 and is_probably_prime(each))


@cache
def _small_primes() -> tuple[int, ...]:
    return tuple(number for number in range(3, 20_000, 2) if is_probably_prime(number))
