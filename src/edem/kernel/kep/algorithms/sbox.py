"""Substitution tables of GOST 28147:2009 (ДКЕ), packed as they lie in certificates."""

from collections.abc import Sequence
from functools import lru_cache

from edem.kernel.kep.errors import Unreadable

SIZE = 64
ROW = 8
# ДКЕ № 1 of the State Service of Special Communications: what every Ukrainian certificate means when it names none.
DKE_1 = bytes.fromhex(
    "a9d6eb45f13c708280c4967b231f5eadf658eba4c037291d38d96bf025ca4e17"
    "f8e9720dc615b43a28975f0bc1dea36438b564ea2c179fd0123e6db8fac57904"
)
# The table of the standard's own examples (GOST 34.311-95, annex A); for tests only.
EXAMPLES = bytes.fromhex(
    "4a92d80e6b1c7f53eb4c6dfa23810759581da342efc7609b7da1089fe46cb253"
    "6c715fd84a9e03b24ba0721d36859cfedb413f590ae7682c1fd057a4923e6b8c"
)


# For each byte of a word, the lowest first.
Tables = tuple[Sequence[int], Sequence[int], Sequence[int], Sequence[int]]


@lru_cache(maxsize=16)
def tables_of(sbox: bytes) -> Tables:
    """Substitution and the turn by 11 bits in one look-up for each byte of a word."""
    if len(sbox) != SIZE:
        raise Unreadable("sbox.size", size=len(sbox))
    return _byte_table(sbox, 0), _byte_table(sbox, 1), _byte_table(sbox, 2), _byte_table(sbox, 3)


def _byte_table(sbox: bytes, position: int) -> list[int]:
    low, high = _row(sbox, 2 * position), _row(sbox, 2 * position + 1)
    return [_turned((high[byte >> 4] << 4 | low[byte & 15]) << 8 * position) for byte in range(256)]


def _row(sbox: bytes, number: int) -> list[int]:
    packed = sbox[ROW * number : ROW * (number + 1)]
    return [nibble for byte in packed for nibble in (byte >> 4, byte & 15)]


def _turned(word: int) -> int:
    return (word << 11 | word >> 21) & 0xFFFFFFFF
