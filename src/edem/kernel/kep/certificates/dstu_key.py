"""Keys of DSTU 4145: curves by name or by explicit parameters, both orders of octets, the table ДКЕ № 1 alone."""

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Final, NamedTuple

from edem.kernel.kep import der, oids
from edem.kernel.kep.algorithms import dstu4145
from edem.kernel.kep.algorithms.curve import Curve, Point
from edem.kernel.kep.algorithms.curves import RECOMMENDED
from edem.kernel.kep.algorithms.dstu4145 import Order
from edem.kernel.kep.algorithms.gost_hash import gost34311
from edem.kernel.kep.algorithms.kupyna import kupyna
from edem.kernel.kep.algorithms.sbox import DKE_1
from edem.kernel.kep.certificates.algorithm import Algorithm
from edem.kernel.kep.certificates.public_key import Method, PublicKey
from edem.kernel.kep.der import Node, Tag
from edem.kernel.kep.errors import Unreadable


class Scheme(NamedTuple):
    """How a signature algorithm hashes, and in which order it writes octets."""

    hashed: Callable[[bytes], bytes]
    order: Order


_GOST: Final = Scheme(gost34311, "little")
_KUPYNA256: Final = Scheme(partial(kupyna, bits=256), "little")
_KUPYNA384: Final = Scheme(partial(kupyna, bits=384), "little")
_KUPYNA512: Final = Scheme(partial(kupyna, bits=512), "little")

SCHEMES: Final[Mapping[str, Scheme]] = {
    oids.DSTU4145_GOST_PB_LE: _GOST,
    oids.DSTU4145_GOST_PB_BE: Scheme(gost34311, "big"),
    oids.DSTU4145_KUPYNA256: _KUPYNA256,
    oids.DSTU4145_KUPYNA256_PB: _KUPYNA256,
    oids.DSTU4145_KUPYNA384: _KUPYNA384,
    oids.DSTU4145_KUPYNA384_PB: _KUPYNA384,
    oids.DSTU4145_KUPYNA512: _KUPYNA512,
    oids.DSTU4145_KUPYNA512_PB: _KUPYNA512,
}


class DstuKey(PublicKey):
    """A point on one of the ten recommended curves."""

    def __init__(self, point: Point, curve: Curve, bits: bytes) -> None:
        self.point, self.curve = point, curve
        self._bits = bits

    @classmethod
    def read(cls, algorithm: Algorithm, bits: bytes) -> "DstuKey":
        if algorithm.oid not in SCHEMES:
            raise Unreadable("key.unknown_algorithm", algorithm=algorithm.oid)
        order = SCHEMES[algorithm.oid].order
        curve = _curve(algorithm.parameters or b"", order=order)
        return cls(dstu4145.expand_point(der.read(bits).octets(), curve, order=order), curve, bits)

    @property
    def description(self) -> str:
        return f"ДСТУ 4145 m{self.curve.degree}"

    @property
    def bits(self) -> bytes:
        return self._bits

    def fits(self, signature: bytes, data: bytes, method: Method) -> bool:
        scheme = SCHEMES.get(method.algorithm)
        if scheme is None:
            raise method.unknown()
        value = dstu4145.read_signature(signature, order=scheme.order)
        return dstu4145.verify(self.point, scheme.hashed(data), value, self.curve)


@lru_cache(maxsize=64)
def _curve(parameters: bytes, *, order: Order) -> Curve:
    """DSTU4145Params: a name or the curve itself, then perhaps the table of substitutions."""
    fields = der.read(parameters).sequence()
    written, table = fields.next(), fields.optional(Tag.OCTET_STRING)
    fields.finish()
    if table is not None and table.octets() != DKE_1:
        raise Unreadable("key.unknown_sbox")
    return _named(written.oid()) if written.tag == Tag.OID else _explicit(written, order=order)


def _named(oid: str) -> Curve:
    family, _, place = oid.rpartition(".")
    if family != oids.DSTU4145_CURVES or int(place) >= len(RECOMMENDED):
        raise Unreadable("key.unknown_curve", curve=oid)
    return RECOMMENDED[int(place)]


def _explicit(node: Node, *, order: Order) -> Curve:
    """A curve written out must be a recommended one with its own base point.

    Whoever may choose the generator may choose one for which they know the private key of a foreign point.
    """
    fields = node.sequence()
    version = fields.explicit(0)
    if version is not None and version.integer() != 0:
        raise Unreadable("key.unknown_curve_version", version=version.integer())
    degree, middle = _field(fields.next())
    a, b, base_order = fields.next().integer(), fields.next().octets(), fields.next().integer()
    base = fields.next().octets()
    fields.finish()
    coefficients = (degree, middle, a, int.from_bytes(b, order), base_order)
    for curve in RECOMMENDED:
        known = curve.parameters
        if (known.degree, known.middle, known.a, known.b, known.order) == coefficients:
            if base != dstu4145.compress_point(curve.base, curve, order=order):
                raise Unreadable("key.unknown_base_point", degree=degree)
            return curve
    raise Unreadable("key.unknown_curve", degree=degree)


def _field(node: Node) -> tuple[int, tuple[int, ...]]:
    """BinaryField: the degree, then k of a trinomial or (k, j, l) of a pentanomial; exponents are given falling."""
    fields = node.sequence()
    degree, basis = fields.next().integer(), fields.next()
    fields.finish()
    if basis.tag == Tag.INTEGER:
        return degree, (basis.integer(),)
    if basis.tag != Tag.SEQUENCE:
        raise Unreadable("key.unknown_basis", tag=basis.tag)
    return degree, tuple(sorted((each.integer() for each in basis.sequence_of(most=3)), reverse=True))
