"""A writer of DER: each function gives one whole element; parts are elements too."""

from collections.abc import Iterable
from datetime import UTC, datetime

from edem.kernel.kep.der import Tag

TRUE = b"\x01\x01\xff"
FALSE = b"\x01\x01\x00"
NULL = b"\x05\x00"

_LONG = 0x80
_SHORT_YEARS = range(1950, 2050)


def element(tag: int, body: bytes) -> bytes:
    if len(body) < _LONG:
        return bytes((tag, len(body))) + body
    length = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes((tag, _LONG | len(length))) + length + body


def sequence(*parts: bytes) -> bytes:
    return element(Tag.SEQUENCE, b"".join(parts))


def set_of(*parts: bytes) -> bytes:
    """SET OF in the order of its encodings, as DER wants it."""
    return element(Tag.SET, b"".join(sorted(parts)))


def integer(value: int) -> bytes:
    return element(Tag.INTEGER, _whole_number(value))


def enumerated(value: int) -> bytes:
    return element(Tag.ENUMERATED, _whole_number(value))


def oid(dotted: str) -> bytes:
    first, second, *rest = (int(arc) for arc in dotted.split("."))
    return element(Tag.OID, b"".join(_base128(arc) for arc in (40 * first + second, *rest)))


def octets(body: bytes) -> bytes:
    return element(Tag.OCTET_STRING, body)


def bits(body: bytes) -> bytes:
    """A BIT STRING of whole octets."""
    return element(Tag.BIT_STRING, b"\x00" + body)


def named_bits(numbers: Iterable[int]) -> bytes:
    """A BIT STRING of flags, without noughts at its end."""
    chosen = sorted(set(numbers))
    if not chosen:
        return bits(b"")
    last = chosen[-1]
    octets_of = bytearray(last // 8 + 1)
    for number in chosen:
        octets_of[number // 8] |= 0x80 >> number % 8
    return element(Tag.BIT_STRING, bytes((7 - last % 8,)) + octets_of)


def utf8(text: str) -> bytes:
    return element(Tag.UTF8, text.encode())


def printable(text: str) -> bytes:
    return element(Tag.PRINTABLE, text.encode("ascii"))


def ia5(text: str) -> bytes:
    return element(Tag.IA5, text.encode("ascii"))


def time(moment: datetime) -> bytes:
    """UTCTime up to 2049, GeneralizedTime after it (RFC 5280 §4.1.2.5)."""
    utc = moment.astimezone(UTC)
    if utc.year in _SHORT_YEARS:
        return element(Tag.UTC_TIME, utc.strftime("%y%m%d%H%M%SZ").encode())
    return generalized_time(utc)


def generalized_time(moment: datetime) -> bytes:
    utc = moment.astimezone(UTC)
    fraction = f".{utc.microsecond:06}".rstrip("0") if utc.microsecond else ""
    return element(Tag.GENERALIZED_TIME, f"{utc:%Y%m%d%H%M%S}{fraction}Z".encode())


def explicit(number: int, inner: bytes) -> bytes:
    """[number] EXPLICIT around an element."""
    return element(0xA0 | number, inner)


def implicit(number: int, whole: bytes) -> bytes:
    """[number] IMPLICIT: the element's own tag gives way, its bit «constructed» stays."""
    return bytes((0x80 | number | (whole[0] & 0x20),)) + whole[1:]


def _whole_number(value: int) -> bytes:
    size = (value if value >= 0 else ~value).bit_length() // 8 + 1
    return value.to_bytes(size, "big", signed=True)


def _base128(arc: int) -> bytes:
    groups = [arc & 0x7F]
    while arc := arc >> 7:
        groups.append(arc & 0x7F | 0x80)
    return bytes(reversed(groups))
