"""The digital signature of DSTU 4145-2002. Nothing here is constant-time: no production key may come near.

In Ukrainian certificates and messages numbers and field elements are little-endian (identifier …3.1.1); the big-endian
kind (…3.1.1.1.1) has the same octets in the other order.
"""

from functools import lru_cache
from typing import Literal, NamedTuple

from edem.kernel.kep.algorithms.affine_sums import sum_of
from edem.kernel.kep.algorithms.curve import Curve, Point
from edem.kernel.kep.algorithms.field import compacted, spread
from edem.kernel.kep.algorithms.multiplying import terms_of
from edem.kernel.kep.algorithms.points import Affine
from edem.kernel.kep.errors import Unreadable

Order = Literal["little", "big"]
LONGEST_HALF = 128


class Signature(NamedTuple):
    r: int
    s: int


def verify(public: Point, digest: bytes, signature: Signature, curve: Curve) -> bool:
    """R = sP + rQ; the signature holds when the digest's element times R's abscissa gives r again."""
    r, s = signature
    if not (0 < r < curve.order and 0 < s < curve.order) or not is_usable(public, curve):
        return False
    point = sum_of(curve.law, [*terms_of(s, curve.base, curve), *terms_of(r, public, curve)])
    return point is not None and _number(curve, point[0], digest) == r


def sign(private: int, digest: bytes, curve: Curve, *, nonce: int) -> Signature:
    """For fixtures and simulators only. A nonce that gives zero is refused: take another one."""
    if not (0 < private < curve.order and 0 < nonce < curve.order):
        raise ValueError("the private key and the nonce lie between zero and the order")
    x, _ = _base_multiple(curve, nonce)
    r = _number(curve, x, digest)
    s = (nonce + private * r) % curve.order
    if not r or not s:
        raise ValueError("this nonce gives no signature")
    return Signature(r, s)


def public_of(private: int, curve: Curve) -> Point:
    """Q = −dP. For fixtures and simulators only."""
    x, y = _base_multiple(curve, private)
    return Point(compacted(x), compacted(x ^ y))


def _base_multiple(curve: Curve, number: int) -> Affine:
    multiple = sum_of(curve.law, list(terms_of(number, curve.base, curve)))
    if multiple is None:
        raise ValueError("the private key lies between zero and the order")
    return multiple


def element_of(digest: bytes, curve: Curve) -> int:
    """The digest as a field element: its lowest bits, the first octet lowest; zero becomes one."""
    return int.from_bytes(digest, "little") & (1 << curve.degree) - 1 or 1


def _number(curve: Curve, x: int, digest: bytes) -> int:
    """A field element becomes a number by its lowest bits, one fewer than the order has."""
    product = curve.law.field.multiply(x, spread(element_of(digest, curve)))
    return compacted(product) & (1 << curve.order.bit_length() - 1) - 1


@lru_cache(maxsize=1024)
def is_usable(public: Point, curve: Curve) -> bool:
    """On the curve, not infinity, not of small order."""
    return curve.has_in_subgroup(public)


def read_signature(octets: bytes, *, order: Order = "little") -> Signature:
    """Halves of equal length, r and s."""
    half = len(octets) // 2
    if not octets or len(octets) % 2 or half > LONGEST_HALF:
        raise Unreadable("dstu4145.signature_size", size=len(octets))
    if order == "big":
        octets = octets[::-1]
    return Signature(int.from_bytes(octets[:half], "little"), int.from_bytes(octets[half:], "little"))


def write_signature(signature: Signature, curve: Curve, *, order: Order = "little") -> bytes:
    size = (curve.order.bit_length() + 7) // 8
    octets = signature.r.to_bytes(size, "little") + signature.s.to_bytes(size, "little")
    return octets if order == "little" else octets[::-1]


def compress_point(point: Point, curve: Curve, *, order: Order = "little") -> bytes:
    """The abscissa with its lowest bit replaced by the trace of y/x."""
    field = curve.law.field
    x, y = curve.to_affine(point)
    packed = point.x & ~1 | field.trace(field.multiply(y, field.inverse(x))) if x else 0
    return packed.to_bytes(curve.field_size, order)


def expand_point(octets: bytes, curve: Curve, *, order: Order = "little") -> Point:
    """A point of the subgroup; the lost bit of the abscissa is the one that makes its trace that of a."""
    if len(octets) != curve.field_size:
        raise Unreadable("point.size", size=len(octets))
    packed = int.from_bytes(octets, order)
    if packed >> curve.degree:
        raise Unreadable("point.too_long")
    point = _expanded(packed, curve)
    if point is None or not is_usable(point, curve):
        raise Unreadable("point.not_in_the_group")
    return point


def _expanded(packed: int, curve: Curve) -> Point | None:
    field, a, b = curve.law.field, curve.law.a, curve.law.b
    x = spread(packed & ~1)
    x ^= field.trace(x) ^ a
    # All zeros stand for the point of order two.
    if not packed or not x:
        return None
    # y = xz turns the equation into z² + z = x + a + b/x².
    right = x ^ a ^ field.multiply(b, field.square(field.inverse(x)))
    if field.trace(right):
        return None
    z = field.half_trace(right)
    z ^= field.trace(z) ^ packed & 1
    return Point(compacted(x), compacted(field.multiply(x, z)))
