"""The hash function Kupyna, DSTU 7564:2014: digests of 256, 384 and 512 bits."""

from collections.abc import Sequence
from functools import lru_cache
from struct import Struct
from typing import Literal, NamedTuple

from edem.kernel.kep.algorithms.kupyna_tables import PI

ROWS = 8
# §6.4: the first row of the circulant matrix over GF(2^8) with x^8 + x^4 + x^3 + x^2 + 1.
MATRIX = (0x01, 0x01, 0x05, 0x01, 0x08, 0x06, 0x07, 0x04)
POLYNOMIAL = 0x11D
LENGTH_SIZE = 12
# §5.1: the state has eight columns for digests up to 256 bits and sixteen for longer ones.
SMALL, LARGE = 8, 16
LONGEST_OF_SMALL = 256
ROUNDS = {SMALL: 10, LARGE: 14}
# How far the last row is turned; the others are turned by their number.
LAST_TURN = {SMALL: 7, LARGE: 11}

Bits = Literal[256, 384, 512]
Table = Sequence[int]


class Shape(NamedTuple):
    """The state: columns of eight bytes, read as one number whose lowest byte is the first of the first column."""

    size: int
    columns: Struct
    # For each column, which byte of the state comes to each of its rows (§6.3, the turn of rows).
    sources: tuple[tuple[int, ...], ...]
    xored: tuple[int, ...]
    added: tuple[int, ...]
    low: int
    high: int


def kupyna(data: bytes, *, bits: Bits) -> bytes:
    """§5: H ← P(H ⊕ m) ⊕ Q(m) ⊕ H over the padded blocks, then the upper bits of P(H) ⊕ H."""
    shape = _shape(SMALL if bits <= LONGEST_OF_SMALL else LARGE)
    tables = _tables()
    state = shape.size  # §5.3: the start is the size of the state in bytes, written into its first byte.
    padded = _padded(data, shape.size)
    for start in range(0, len(padded), shape.size):
        block = int.from_bytes(padded[start : start + shape.size], "little")
        state ^= _xoring(state ^ block, shape, tables) ^ _adding(block, shape, tables)
    state ^= _xoring(state, shape, tables)
    return state.to_bytes(shape.size, "little")[-bits // 8 :]


def _padded(data: bytes, size: int) -> bytes:
    """§5.2: one bit, zeros, and the length in bits in 96 bits."""
    zeros = -(len(data) + 1 + LENGTH_SIZE) % size
    return data + b"\x80" + bytes(zeros) + (8 * len(data)).to_bytes(LENGTH_SIZE, "little")


def _xoring(state: int, shape: Shape, tables: tuple[Table, ...]) -> int:
    """§6.1, T⊕: a constant is added to each column modulo two."""
    for constant in shape.xored:
        state = _substituted(state ^ constant, shape, tables)
    return state


def _adding(state: int, shape: Shape, tables: tuple[Table, ...]) -> int:
    """§6.1, T+: a constant is added to each column modulo 2^64; all columns at once, their upper bits apart."""
    low, high = shape.low, shape.high
    for constant in shape.added:
        total = (state & low) + (constant & low) ^ (state ^ constant) & high
        state = _substituted(total, shape, tables)
    return state


def _substituted(state: int, shape: Shape, tables: tuple[Table, ...]) -> int:
    """§6.2–6.4: substitution, turn of rows and the matrix, eight look-ups for a column."""
    one, two, three, four, five, six, seven, eight = tables
    octets = state.to_bytes(shape.size, "little")
    columns = [
        one[octets[a]] ^ two[octets[b]] ^ three[octets[c]] ^ four[octets[d]]
        ^ five[octets[e]] ^ six[octets[f]] ^ seven[octets[g]] ^ eight[octets[h]]
        for a, b, c, d, e, f, g, h in shape.sources
    ]  # fmt: skip
    return int.from_bytes(shape.columns.pack(*columns), "little")


@lru_cache(maxsize=2)
def _shape(count: int) -> Shape:
    rounds, last_turn = ROUNDS[count], LAST_TURN[count]
    turns = (*range(ROWS - 1), last_turn)
    return Shape(
        size=8 * count,
        columns=Struct(f"<{count}Q"),
        sources=tuple(
            tuple(8 * ((column - turn) % count) + row for row, turn in enumerate(turns)) for column in range(count)
        ),
        xored=tuple(_in_columns([column << 4 ^ number for column in range(count)]) for number in range(rounds)),
        added=tuple(
            _in_columns([_added(count - 1 - column, number) for column in range(count)]) for number in range(rounds)
        ),
        low=_in_columns([(1 << 63) - 1] * count),
        high=_in_columns([1 << 63] * count),
    )


def _added(column: int, number: int) -> int:
    return 0x00F0F0F0F0F0F0F3 + ((column << 4) + number << 56) & (1 << 64) - 1


def _in_columns(words: Sequence[int]) -> int:
    return sum(word << 64 * column for column, word in enumerate(words))


@lru_cache(maxsize=1)
def _tables() -> tuple[Table, ...]:
    """For each row: what a byte there adds to its column after substitution and the matrix."""
    return tuple([_contribution(PI[row % 4][byte], row) for byte in range(256)] for row in range(ROWS))


def _contribution(byte: int, row: int) -> int:
    """The matrix is circulant: output row i takes the byte of row j times MATRIX[j − i]."""
    return sum(_times(byte, MATRIX[(row - target) % ROWS]) << 8 * target for target in range(ROWS))


def _times(one: int, other: int) -> int:
    """Multiplication in GF(2^8)."""
    product = 0
    while other:
        product ^= one * (other & 1)
        other >>= 1
        one <<= 1
        one ^= POLYNOMIAL * (one >> 8)
    return product
