"""The block cipher GOST 28147:2009: simple replacement, counter, feedback, the MAC. The key is never changed midway.

Nothing here is constant-time: a production key is held by a device or service, not by this code.
"""

from collections.abc import Iterator, Sequence
from struct import Struct

from edem.kernel.kep.algorithms.sbox import DKE_1, Tables, tables_of

BLOCK = 8
KEY_SIZE = 32
MAC_SIZE = 4
KEY_WORDS = Struct("<8I")
WORD = 0xFFFFFFFF
# What the two halves of the counter grow by; the upper one modulo 2^32 − 1.
LOW_STEP, HIGH_STEP = 0x01010101, 0x01010104

Pairs = Sequence[tuple[int, int]]


def _pairs(order: Sequence[int]) -> Pairs:
    return tuple(zip(order[::2], order[1::2], strict=True))


_FORTH, _BACK = (*range(8),), (*reversed(range(8)),)
ENCRYPTING = _pairs(_FORTH * 3 + _BACK)
DECRYPTING = _pairs(_FORTH + _BACK * 3)
_AUTHENTICATING = _pairs(_FORTH * 2)


def cycle(block: int, key: Sequence[int], pairs: Pairs, tables: Tables) -> tuple[int, int]:
    """Rounds of the Feistel network over one block; the two halves before they are swapped."""
    one, two, three, four = tables
    left, right = block & WORD, block >> 32
    for first, second in pairs:
        word = left + key[first]
        right ^= one[word & 255] | two[word >> 8 & 255] | three[word >> 16 & 255] | four[word >> 24 & 255]
        word = right + key[second]
        left ^= one[word & 255] | two[word >> 8 & 255] | three[word >> 16 & 255] | four[word >> 24 & 255]
    return left, right


def encrypted_block(block: int, key: Sequence[int], tables: Tables) -> int:
    left, right = cycle(block, key, ENCRYPTING, tables)
    return left << 32 | right


class Gost28147:
    """One key; blocks and initial values are read with the first octet lowest."""

    def __init__(self, key: bytes, *, sbox: bytes = DKE_1) -> None:
        if len(key) != KEY_SIZE:
            raise ValueError("a key of GOST 28147 has 32 bytes")
        self._key = KEY_WORDS.unpack(key)
        self._tables = tables_of(sbox)

    def encrypt(self, data: bytes) -> bytes:
        """Simple replacement: whole blocks, each on its own."""
        return b"".join(self._encrypted(block).to_bytes(BLOCK, "little") for block in _whole_blocks(data))

    def decrypt(self, data: bytes) -> bytes:
        found = []
        for block in _whole_blocks(data):
            left, right = cycle(block, self._key, DECRYPTING, self._tables)
            found.append((left << 32 | right).to_bytes(BLOCK, "little"))
        return b"".join(found)

    def encrypt_feedback(self, data: bytes, *, start: bytes) -> bytes:
        """Gamma with feedback (CFB): each block is added to the encryption of the ciphertext before it."""
        return b"".join(self._fed_back(data, start, encrypting=True))

    def decrypt_feedback(self, data: bytes, *, start: bytes) -> bytes:
        return b"".join(self._fed_back(data, start, encrypting=False))

    def _fed_back(self, data: bytes, start: bytes, *, encrypting: bool) -> Iterator[bytes]:
        before = _start(start)
        for place in range(0, len(data), BLOCK):
            piece = data[place : place + BLOCK]
            block = int.from_bytes(piece, "little")
            result = (block ^ self._encrypted(before)) & (1 << 8 * len(piece)) - 1
            before = result if encrypting else block
            yield result.to_bytes(len(piece), "little")

    def add_gamma(self, data: bytes, *, start: bytes) -> bytes:
        """Gamma from a counter (CNT): the same for encrypting and decrypting."""
        counter = self._encrypted(_start(start))
        low, high = counter & WORD, counter >> 32
        found = []
        for place in range(0, len(data), BLOCK):
            piece = data[place : place + BLOCK]
            low = low + LOW_STEP & WORD
            high = high + HIGH_STEP
            high = (high & WORD) + (high >> 32)
            gamma = self._encrypted(high << 32 | low).to_bytes(BLOCK, "little")
            found.append(bytes(one ^ other for one, other in zip(piece, gamma, strict=False)))
        return b"".join(found)

    def mac(self, data: bytes) -> bytes:
        """Sixteen rounds over each block added to the state; the last block is filled with zeros."""
        state = 0
        for place in range(0, len(data), BLOCK):
            state ^= int.from_bytes(data[place : place + BLOCK], "little")
            left, right = cycle(state, self._key, _AUTHENTICATING, self._tables)
            state = right << 32 | left
        return state.to_bytes(BLOCK, "little")[:MAC_SIZE]

    def _encrypted(self, block: int) -> int:
        return encrypted_block(block, self._key, self._tables)


def _whole_blocks(data: bytes) -> list[int]:
    if len(data) % BLOCK:
        raise ValueError("simple replacement takes whole blocks")
    return [int.from_bytes(data[place : place + BLOCK], "little") for place in range(0, len(data), BLOCK)]


def _start(start: bytes) -> int:
    if len(start) != BLOCK:
        raise ValueError("the initial value of GOST 28147 has 8 bytes")
    return int.from_bytes(start, "little")
