"""The field GF(2^m) of DSTU 4145-2002 §5.2 in polynomial basis, for trinomials and pentanomials.

An element is *spread*: one bit in every nibble of a Python integer. Adding is `^`. Multiplying is the machine's own
multiplication of integers, whose sums must stay apart: a nibble holds the sum modulo 16, and a second product, of the
operands with every odd place negated, gives the sums' other half («Kronecker substitution at two points», D. Harvey).
"""

from collections.abc import Callable
from functools import cached_property

SLOT = 4
# What both products together can tell of one place: sums up to 255.
LONGEST = 255
TWO_PLACES = 0x100


def spread(compact: int) -> int:
    return int(f"{compact:b}", 16)


def compacted(element: int) -> int:
    return int(f"{element:x}", 2)


def _every_second(places: int, *, first: int) -> int:
    return sum(1 << SLOT * place for place in range(first, places, 2))


def _reduction(degree: int, middle: tuple[int, ...]) -> Callable[[int], int]:
    """What lies above the degree is added again lower, as the modulus says."""
    top, mask = SLOT * degree, (1 << SLOT * degree) - 1
    first, *others = [SLOT * exponent for exponent in middle]

    def reduced(product: int) -> int:
        while product > mask:
            high = product >> top
            product = product & mask ^ high ^ high << first
            for shift in others:
                product ^= high << shift
        return product

    return reduced


def _multiplication(degree: int, reduced: Callable[[int], int]) -> Callable[[int, int], int]:
    """Functions instead of methods: nearly all the time of a verification is spent in these lines."""
    whole = _product(degree)
    if degree <= LONGEST:
        return lambda one, other: reduced(whole(one, other))
    # Equal parts, each short enough; but two bits too many are cheaper apart (m = 257).
    part = LONGEST if degree <= LONGEST + 2 else degree + 1 >> 1
    shift, mask = SLOT * part, (1 << SLOT * part) - 1

    def multiply(one: int, other: int) -> int:
        low, high = other & mask, other >> shift
        product = whole(one, low)
        if high >= TWO_PLACES:
            product ^= whole(one, high) << shift
        elif high:
            product ^= (one if high & 1 else 0) << shift ^ (one << SLOT if high >> SLOT else 0) << shift
        return reduced(product)

    return multiply


def _product(degree: int) -> Callable[[int, int], int]:
    """Not reduced; one of the operands has no more than LONGEST places."""
    even = _every_second(degree, first=0)
    even_sums = _every_second(2 * degree, first=0) << 1
    odd_sums = _every_second(2 * degree, first=1) << 1

    def product(one: int, other: int) -> int:
        straight = one * other
        # Twice the even places less the whole: the odd ones are negated.
        turned = ((one & even) * 2 - one) * ((other & even) * 2 - other)
        return ((straight + turned) & even_sums | (straight - turned) & odd_sums) >> 1

    return product


class Field:
    """Arithmetic modulo z^degree + … + 1; `middle` are the exponents between, descending."""

    def __init__(self, degree: int, middle: tuple[int, ...]) -> None:
        self.degree, self.middle = degree, middle
        self.size = (degree + 7) // 8
        self.mask = (1 << SLOT * degree) - 1
        self._eights = int("01" * 2 * degree, 16)
        self.reduced = _reduction(degree, middle)
        self.multiply = _multiplication(degree, self.reduced)
        self.modulus = 1 << degree | 1 | sum(1 << exponent for exponent in middle)

    def square(self, element: int) -> int:
        """Places double: each nibble's bit becomes a byte's (a hexadecimal digit is a byte of text)."""
        return self.reduced(int.from_bytes(f"{element:x}".encode(), "big") & self._eights)

    def inverse(self, element: int) -> int:
        """The extended Euclidean algorithm for polynomials over GF(2)."""
        if not element:
            raise ZeroDivisionError("zero has no inverse")
        one, other = compacted(element), self.modulus
        one_times, other_times = 1, 0
        distance = one.bit_length() - other.bit_length()
        while one != 1:
            if distance < 0:
                one, other, one_times, other_times, distance = other, one, other_times, one_times, -distance
            one ^= other << distance
            one_times ^= other_times << distance
            distance = one.bit_length() - other.bit_length()
        return self.reduced(spread(one_times))

    def inverses(self, elements: list[int]) -> list[int]:
        """All at once for the price of one inversion (Montgomery's trick); none may be zero."""
        products = [1]
        for element in elements:
            products.append(self.multiply(products[-1], element))
        left = self.inverse(products[-1])
        found = []
        for element, before in zip(reversed(elements), reversed(products[:-1]), strict=True):
            found.append(self.multiply(left, before))
            left = self.multiply(left, element)
        return found[::-1]

    def root(self, element: int) -> int:
        """The square root: m − 1 squarings."""
        for _ in range(self.degree - 1):
            element = self.square(element)
        return element

    def trace(self, element: int) -> int:
        return (element & self._trace_mask).bit_count() & 1

    def half_trace(self, element: int) -> int:
        """A solution of z² + z = element where the trace is zero (m odd)."""
        total = element
        for _ in range(self.degree // 2):
            element = self.square(self.square(element))
            total ^= element
        return total

    @cached_property
    def _trace_mask(self) -> int:
        """Newton's identities give the trace of every power of z from the coefficients of the modulus."""
        sums = [self.degree & 1]
        for power in range(1, self.degree):
            total = power & 1 if self._symmetric(power) else 0
            for earlier in range(1, power):
                total ^= self._symmetric(earlier) & sums[power - earlier]
            sums.append(total)
        return sum(trace << SLOT * power for power, trace in enumerate(sums))

    def _symmetric(self, number: int) -> int:
        return self.modulus >> self.degree - number & 1
