"""An elliptic curve of DSTU 4145-2002 over GF(2^m) in polynomial basis, and what is asked of its points."""

from dataclasses import dataclass
from functools import cached_property
from math import isqrt
from typing import NamedTuple

from edem.kernel.kep.algorithms.field import Field, compacted, spread
from edem.kernel.kep.algorithms.halving import Halving
from edem.kernel.kep.algorithms.points import Affine, Law, Projective


class Point(NamedTuple):
    """Affine coordinates as numbers: bit i is the coefficient of z^i."""

    x: int
    y: int


@dataclass(frozen=True)
class Parameters:
    """What defines a curve: the exponents between degree and 0, descending; the base point has the prime order."""

    degree: int
    middle: tuple[int, ...]
    a: int
    b: int
    order: int
    base: Point


@dataclass(frozen=True)
class Curve:
    parameters: Parameters
    name: str | None = None

    @property
    def degree(self) -> int:
        return self.parameters.degree

    @property
    def order(self) -> int:
        return self.parameters.order

    @property
    def base(self) -> Point:
        return self.parameters.base

    @property
    def field_size(self) -> int:
        """Bytes of a field element."""
        return (self.degree + 7) // 8

    @cached_property
    def cofactor(self) -> int:
        """Hasse: the number of points is within 2·√q of q + 1, and the order is larger than that range."""
        whole = (1 << self.degree) + 1
        return (whole + 2 * isqrt(1 << self.degree)) // self.order

    @property
    def is_halved_once(self) -> bool:
        """With cofactor 2 half of all points are in the subgroup, with 4 a quarter."""
        return self.cofactor == 2  # noqa: PLR2004

    @cached_property
    def law(self) -> Law:
        one = self.parameters
        return Law(Field(one.degree, one.middle), one.a, spread(one.b))

    @cached_property
    def halving(self) -> Halving:
        return Halving(self.law.field, self.law.a, is_halved_once=self.is_halved_once)

    def has(self, point: Point) -> bool:
        fits = 0 <= point.x < 1 << self.degree and 0 <= point.y < 1 << self.degree
        return fits and self.law.has(self.to_affine(point))

    def to_affine(self, point: Point) -> Affine:
        return spread(point.x), spread(point.y)

    def to_point(self, point: Projective) -> Point | None:
        if not point[2]:
            return None
        [(x, y)] = self.law.affine([point])
        return Point(compacted(x), compacted(y))

    def times(self, number: int, point: Point) -> Point | None:
        """The multiple of a point; None is the point at infinity."""
        return self.to_point(self.law.multiple(number, self.to_affine(point)))

    def has_in_subgroup(self, point: Point) -> bool:
        """Is it a multiple of the base point? With cofactor 2 or 4 that is: can it be halved once, or twice."""
        if not self.has(point) or not point.x:
            return False
        field, a = self.law.field, self.law.a
        x, y = self.to_affine(point)
        if field.trace(x) != a:
            return False
        if self.is_halved_once:
            return True
        slope = x ^ field.multiply(y, field.inverse(x))
        return not field.trace(field.multiply(x, x ^ slope ^ field.half_trace(x ^ a)))
