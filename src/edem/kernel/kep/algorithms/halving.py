"""Halving of points (E. Knudsen, R. Schroeppel, 1999): half the price of doubling, where the order is odd.

A point is kept as (x, λ) with λ = x + y/x. The half P of Q has λ_P² + λ_P = x_Q + a, x_P² = x_Q(x_Q + λ_Q + λ_P + 1):
two solutions, one of them in the group. Solutions of the quadratic and square roots are linear, so they are looked up
byte by byte: from x_P² at once what solves the equation of the next half, and x_P from that.
"""

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import xor

from edem.kernel.kep.algorithms.field import Field, compacted, spread
from edem.kernel.kep.algorithms.points import Affine

# What is known of a point that is to be halved: x, λ, what solves the equation for the half's λ, and the half's x².
State = tuple[int, int, int, int]
# By length in bits: an image of w² + w, and its w.
Pivots = dict[int, tuple[int, int]]


class Halving:
    """For one curve; points must be of its group."""

    def __init__(self, field: Field, a: int, *, is_halved_once: bool) -> None:
        self._field, self._is_halved_once = field, is_halved_once
        solutions = solutions_of(field)
        self._tables = _tables(field, solutions)
        self._a, self._of_a = a, solutions[0] if a else 0

    def halves(self, point: Affine, count: int) -> Iterator[tuple[int, int]]:
        """The point, its half, its quarter and so on, as (x, λ)."""
        field = self._field
        x, y = point
        slope = x ^ field.multiply(y, field.inverse(x))
        state = self._state(field.square(x), slope)
        following = self._half_of_one if self._is_halved_once else self._half_of_two
        for _ in range(count):
            yield state[0], state[1]
            state = following(state)

    def _state(self, squared: int, slope: int) -> State:
        """The point with this x² and λ."""
        solution = self._of_a
        octets = compacted(squared).to_bytes(self._field.size, "little")
        for table, octet in zip(self._tables, octets, strict=True):
            solution ^= table[octet]
        x = self._field.square(solution) ^ solution ^ self._a
        return x, slope, solution, self._field.multiply(x, x ^ slope ^ solution)

    def _half_of_one(self, state: State) -> State:
        """Cofactor two: the half in the group is the one whose trace is that of a, which is one."""
        x, _, solution, product = state
        if self._field.trace(product):
            return self._state(product, solution ^ 1)
        return self._state(product ^ x, solution)

    def _half_of_two(self, state: State) -> State:
        """Cofactor four: the half in the group is the one that can be halved twice more."""
        x, _, solution, product = state
        half = self._state(product, solution ^ 1)
        return self._state(product ^ x, solution) if self._field.trace(half[3]) else half


def solutions_of(field: Field) -> list[int]:
    """For each power of z a w with w² + w = power, extended linearly: right for every element whose trace is zero."""
    pivots: Pivots = {}
    for exponent in range(1, field.degree):
        power = spread(1 << exponent)
        image, source = _eliminated(compacted(field.square(power) ^ power), 1 << exponent, pivots)
        pivots[image.bit_length()] = image, source
    return [spread(_solution(1 << exponent, pivots)) for exponent in range(field.degree)]


def _eliminated(image: int, source: int, pivots: Pivots) -> tuple[int, int]:
    while pivot := pivots.get(image.bit_length()):
        image ^= pivot[0]
        source ^= pivot[1]
    return image, source


def _solution(image: int, pivots: Pivots) -> int:
    source = 0
    while image:
        image, source = _eliminated(image, source, pivots)
        # Half of all elements are no images: one place leads none of them, and is left out.
        image ^= 1 << image.bit_length() >> 1
    return source


def _tables(field: Field, solutions: Sequence[int]) -> list[list[int]]:
    """For each byte of a square: the solution for its root."""
    root_of_z = field.root(spread(1 << 1))
    tables = []
    for start in range(0, field.degree, 8):
        table = [0]
        for exponent in range(start, min(start + 8, field.degree)):
            root = spread(1 << exponent // 2)
            if exponent % 2:
                root = field.multiply(root, root_of_z)
            solution = _at_places(root, solutions)
            table += [entry ^ solution for entry in table]
        tables.append(table)
    return tables


def _at_places(element: int, solutions: Sequence[int]) -> int:
    places = f"{element:x}"[::-1]
    return reduce(xor, (solutions[place] for place, bit in enumerate(places) if bit == "1"), 0)
