"""The hash function GOST 34.311-95 (the same as GOST R 34.11-94), with the Ukrainian table ДКЕ № 1 and a zero start."""

from functools import lru_cache
from struct import Struct

from edem.kernel.kep.algorithms.gost28147 import encrypted_block
from edem.kernel.kep.algorithms.sbox import DKE_1, Tables, tables_of

BLOCK = 32
WORDS = Struct("<8I")
HALF_WORDS = Struct("<16H")
LIMIT = 1 << 256
LOW_64 = (1 << 64) - 1
# §5.1: the constant C3 that enters the third key; C2 and C4 are zero.
C3 = 0xFF00FFFF000000FFFF0000FF00FFFF0000FF00FF00FF00FFFF00FF00FF00FF00


def gost34311(data: bytes, *, sbox: bytes = DKE_1) -> bytes:
    """§6: steps over the message padded with zeros, then over its length in bits, then over the sum of its blocks."""
    tables = tables_of(sbox)
    state = total = 0
    for start in range(0, len(data), BLOCK):
        block = int.from_bytes(data[start : start + BLOCK], "little")
        total += block
        state = _step(state, block, tables)
    state = _step(state, 8 * len(data), tables)
    return _step(state, total % LIMIT, tables).to_bytes(BLOCK, "little")


def _step(state: int, block: int, tables: Tables) -> int:
    """§5: keys, encryption of the four quarters of the state, mixing."""
    encrypted = b""
    for number, key in enumerate(_keys(state, block)):
        encrypted += encrypted_block(state >> 64 * number & LOW_64, key, tables).to_bytes(8, "little")
    return _mixed(state.to_bytes(BLOCK, "little"), block.to_bytes(BLOCK, "little"), encrypted)


def _keys(state: int, block: int) -> list[tuple[int, ...]]:
    """§5.1: W = U ⊕ V, each key is W with its bytes transposed."""
    keys = [_transposed(state ^ block)]
    u, v = state, block
    for constant in (0, C3, 0):
        u = _moved(u) ^ constant
        v = _moved(_moved(v))
        keys.append(_transposed(u ^ v))
    return keys


def _moved(value: int) -> int:
    """The transformation A: (y4 y3 y2 y1) → (y1 ⊕ y2, y4 y3 y2)."""
    return value >> 64 | ((value ^ value >> 64) & LOW_64) << 192


def _transposed(value: int) -> tuple[int, ...]:
    """The transformation P: the 4 × 8 table of bytes is read by columns."""
    octets = value.to_bytes(BLOCK, "little")
    return WORDS.unpack(b"".join([octets[column::8] for column in range(8)]))


def _mixed(state: bytes, block: bytes, encrypted: bytes) -> int:
    """§5.3: ψ^61(H ⊕ ψ(M ⊕ ψ^12(S))), where ψ is linear: each half-word goes to known places."""
    halves = (*HALF_WORDS.unpack(state), *HALF_WORDS.unpack(block), *HALF_WORDS.unpack(encrypted))
    mixed = 0
    for half, places in zip(halves, _places_of_all(), strict=True):
        # The places are whole half-words apart, so the multiplication carries nothing.
        mixed ^= half * places
    return mixed


@lru_cache(maxsize=1)
def _places_of_all() -> tuple[int, ...]:
    return tuple(place for times in (61, 62, 74) for place in _places(times))


def _places(times: int) -> list[int]:
    """Where ψ applied so many times puts each of the sixteen half-words."""
    places = [1 << 16 * position for position in range(16)]
    for _ in range(times):
        places = [_shifted(place) for place in places]
    return places


def _shifted(value: int) -> int:
    """The register ψ: half-words go down by one; the upper is the sum of 1, 2, 3, 4, 13 and 16."""
    parts = [value >> 16 * number & 0xFFFF for number in (0, 1, 2, 3, 12, 15)]
    feedback = 0
    for part in parts:
        feedback ^= part
    return value >> 16 | feedback << 240
