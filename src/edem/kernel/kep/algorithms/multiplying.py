"""Multiples of points in the group: by halving while a key is new, by additions alone when it has been seen often.

The base point is in every signature, an authority's key in every certificate it issued: soon their multiples are kept.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import count

from edem.kernel.kep.algorithms.affine_sums import Multiples
from edem.kernel.kep.algorithms.curve import Curve, Point
from edem.kernel.kep.algorithms.points import Affine, signed_digits

# A key's table costs what five multiplications save, and takes some 300 KB; the base point's four times that.
SEEN_OFTEN = 6
KEPT_TABLES = 64
# Bits of a digit: eight multiples for each place, or 32.
KEY_WIDTH, BASE_WIDTH = 4, 6


def terms_of(number: int, point: Point, curve: Curve) -> Iterator[Affine]:
    """Points whose sum is number · point; the point is of the curve's group."""
    if next(_sightings(point, curve)) > SEEN_OFTEN:
        return _kept(point, curve).terms(number)
    return _halved(number, point, curve)


def _halved(number: int, point: Point, curve: Curve) -> Iterator[Affine]:
    """Signed digits of number · 2^t modulo the order: the highest is of the point, the next of its half and so on."""
    field, bits = curve.law.field, curve.order.bit_length()
    digits = signed_digits((number << bits) % curve.order, length=bits + 1)
    halves = curve.halving.halves(curve.to_affine(point), bits + 1)
    for digit, (x, slope) in zip(reversed(digits), halves, strict=True):
        if digit:
            y = field.multiply(x, x ^ slope)
            yield (x, y) if digit > 0 else (x, x ^ y)


@lru_cache(maxsize=KEPT_TABLES)
def _kept(point: Point, curve: Curve) -> Multiples:
    width = BASE_WIDTH if point == curve.base else KEY_WIDTH
    return Multiples(curve.law, curve.to_affine(point), bits=curve.order.bit_length(), width=width)


@lru_cache(maxsize=4096)
def _sightings(_point: Point, _curve: Curve) -> Iterator[int]:
    return count(1)
