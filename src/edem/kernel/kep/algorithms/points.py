"""Points of y² + xy = x³ + ax² + b over GF(2^m): López–Dahab coordinates (x = X/Z, y = Y/Z²), a is zero or one."""

from collections.abc import Sequence
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

    def multiple(self, number: int, point: Affine) -> Projective:
        """Any point and number: the plain way, digit by digit."""
        total = INFINITY
        for digit in f"{number:b}":
            if total[2]:
                total = self.doubled(total)
            if digit == "1":
                total = self.added(total, point)
        return total


def signed_digits(number: int, *, length: int) -> list[int]:
    """The number in digits −1, 0 and 1, lowest first, no two neighbours but one of them zero («NAF»)."""
    digits = []
    for _ in range(length):
        digit = 2 - (number & 3) if number & 1 else 0
        digits.append(digit)
        number = number - digit >> 1
    return digits
