"""Diffie–Hellman on the curves of DSTU 4145 (DSTU ISO/IEC 15946-3). Not constant-time: for the sandbox and fixtures."""

from edem.kernel.kep.algorithms.curve import Curve, Point
from edem.kernel.kep.algorithms.dstu4145 import is_usable
from edem.kernel.kep.errors import Unreadable


def cofactor_secret(private: int, public: Point, curve: Curve) -> bytes:
    """The abscissa of (cofactor · private) · public, big-endian, as long as a field element."""
    return _secret(private * curve.cofactor, public, curve)


def plain_secret(private: int, public: Point, curve: Curve) -> bytes:
    return _secret(private, public, curve)


def _secret(factor: int, public: Point, curve: Curve) -> bytes:
    if not is_usable(public, curve):
        raise Unreadable("point.not_in_the_group")
    agreed = curve.times(factor % curve.order, public)
    if agreed is None:
        raise Unreadable("agreement.infinity")
    return agreed.x.to_bytes(curve.field_size, "big")
