"""Points of y² + xy = x³ + ax² + b over GF(2^m): López–Dahab coordinates (x = X/Z, y = Y/Z²), a is zero or one."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from edem.kernel.kep.algorithms.field import Field

# Coordinates are spread (see field.py); Z = 0 is the point at infinity.
Affine = tuple[int, int]
Projective = tuple[int, int, int]
INFINITY: Projective = (1, 0, 0)


class Law(NamedTuple):
    """The law of addition: the field and the two coefficients."""

    field: Field
    a: int
    b: int

    def has(self, point: Affine) -> bool:
        x, y = point
        multiply, square = self.field.multiply, self.field.square
        left = square(y) ^ multiply(x, y)
        squared = square(x)
        return left == multiply(squared, x) ^ (squared if self.a else 0) ^ self.b

    def doubled(self, point: Projective) -> Projective:
        x, y, z = point
        multiply, square = self.field.multiply, self.field.square
        z_squared = square(z)
        b_part = multiply(self.b, square(z_squared))
        x_squared = square(x)
        new_z = multiply(x_squared, z_squared)
        new_x = square(x_squared) ^ b_part
        factor = square(y) ^ b_part ^ (new_z if self.a else 0)
        return new_x, multiply(b_part, new_z) ^ multiply(new_x, factor), new_z

    def added(self, point: Projective, other: Affine) -> Projective:
        """A mixed addition: the other point is affine."""
        x, y, z = point
        if not z:
            return (*other, 1)
        multiply, square = self.field.multiply, self.field.square
        other_x, other_y = other
        z_squared = square(z)
        rise = y ^ multiply(other_y, z_squared)
        run = x ^ multiply(other_x, z)
        if not run:
            return INFINITY if rise else self.doubled(point)
        slope = multiply(run, z)
        new_z = square(slope)
        far = multiply(other_x, new_z)
        new_x = square(rise) ^ multiply(slope, rise ^ square(run) ^ (slope if self.a else 0))
        last = multiply(other_x ^ other_y, square(new_z))
        return new_x, multiply(far ^ new_x, multiply(rise, slope) ^ new_z) ^ last, new_z

    def affine(self, points: Sequence[Projective]) -> list[Affine]:
        """None of the points may be infinity."""
        multiply, square = self.field.multiply, self.field.square
        inverses = self.field.inverses([z for _, _, z in points])
        return [
            (multiply(x, inverse), multiply(y, square(inverse)))
            for (x, y, _), inverse in zip(points, inverses, strict=True)
        ]

    def odd_multiples(self, point: Affine, *, width: int) -> list[Affine]:
        """1, 3, 5, … times the point: what signed digits of so many bits need. The order is odd and larger."""
        [twice] = self.affine([self.doubled((*point, 1))])
        multiples: list[Projective] = [(*point, 1)]
        for _ in range((1 << width - 2) - 1):
            multiples.append(self.added(multiples[-1], twice))
        return self.affine(multiples)

    def multiple(self, number: int, point: Affine) -> Projective:
        """Any point and number: the plain way, digit by digit."""
        total = INFINITY
        for digit in f"{number:b}":
            if total[2]:
                total = self.doubled(total)
            if digit == "1":
                total = self.added(total, point)
        return total

    def sum_of(self, terms: Sequence[tuple[int, Sequence[Affine]]]) -> Projective:
        """Σ number · point, the doublings shared (Shamir); a point is given by its odd multiples."""
        digits = [
            signed_digits(number, width=len(multiples).bit_length() + 1, multiples=multiples)
            for number, multiples in terms
        ]
        longest = max(len(row) for row in digits)
        total = INFINITY
        for place in range(longest - 1, -1, -1):
            if total[2]:
                total = self.doubled(total)
            for row in digits:
                if place < len(row) and (step := row[place]) is not None:
                    total = self.added(total, step)
        return total


def signed_digits(number: int, *, width: int, multiples: Sequence[Affine]) -> list[Affine | None]:
    """The number in signed odd digits («wNAF»), lowest first, each already the multiple to be added."""
    return [None if digit == 0 else _multiple(multiples, digit) for digit in _digits(number, width)]


def _digits(number: int, width: int) -> Iterator[int]:
    whole, half = 1 << width, 1 << width - 1
    while number:
        digit = 0
        if number & 1:
            digit = number & whole - 1
            if digit >= half:
                digit -= whole
            number -= digit
        yield digit
        number >>= 1


def _multiple(multiples: Sequence[Affine], digit: int) -> Affine:
    x, y = multiples[abs(digit) >> 1]
    return (x, y) if digit > 0 else (x, x ^ y)
