"""BER (X.690 §8) brought to definite lengths, for messages that their makers wrote as a stream; then der.py reads them.

Indefinite and loose lengths become minimal ones, strings in pieces become whole; nothing else changes, so what was
signed as DER stays as it was signed. Strings in pieces under an IMPLICIT tag stay in pieces: only their reader knows.
"""

from typing import Final, NamedTuple

from edem.kernel.kep import write
from edem.kernel.kep.der import MOST_BYTES, MOST_DEPTH, Tag
from edem.kernel.kep.errors import Unreadable

MOST_ELEMENTS: Final = 50_000
_CONSTRUCTED: Final = 0x20
_HIGH_TAG: Final = 0x1F
_INDEFINITE: Final = 0x80
_MOST_LENGTH_OCTETS: Final = 8
_HEADER: Final = 2
_END: Final = b"\x00\x00"
_PIECES: Final = _CONSTRUCTED | Tag.OCTET_STRING


def is_streamed(source: bytes) -> bool:
    """Whether the outermost length is indefinite, so that der.py would refuse it."""
    return source[1:_HEADER] == bytes((_INDEFINITE,))


def with_definite_lengths(source: bytes, *, most: int = MOST_BYTES) -> bytes:
    if len(source) > most:
        raise Unreadable("ber.too_long", length=len(source), most=most)
    reading = _Reading(source)
    whole, end = reading.element(0, len(source), depth=0)
    if end != len(source):
        raise Unreadable("ber.bytes_left_over", offset=end)
    return whole


class _Header(NamedTuple):
    tag: int
    body_start: int
    end: int | None
    """None: up to the two noughts."""


class _Reading:
    def __init__(self, source: bytes) -> None:
        self.source, self.elements_left = source, MOST_ELEMENTS

    def element(self, start: int, limit: int, *, depth: int) -> tuple[bytes, int]:
        """The element in definite form, and where the next one begins."""
        self.elements_left -= 1
        if depth > MOST_DEPTH or self.elements_left < 0:
            raise Unreadable("ber.too_deep" if self.elements_left >= 0 else "ber.too_many", offset=start)
        header = _header(self.source, start, limit)
        if not header.tag & _CONSTRUCTED:
            if header.end is None:
                raise Unreadable("ber.indefinite_primitive", offset=start)
            return write.element(header.tag, self.source[header.body_start : header.end]), header.end
        children, end = self.children(header, limit, depth=depth)
        if header.tag == _PIECES:
            return write.octets(b"".join(_body(child) for child in children)), end
        return write.element(header.tag, b"".join(children)), end

    def children(self, header: _Header, limit: int, *, depth: int) -> tuple[list[bytes], int]:
        found: list[bytes] = []
        place, end = header.body_start, limit if header.end is None else header.end
        while place < end:
            if header.end is None and self.source[place : place + _HEADER] == _END:
                return found, place + _HEADER
            child, place = self.element(place, end, depth=depth + 1)
            found.append(child)
        if header.end is None:
            raise Unreadable("ber.cut_short", offset=place)
        return found, place


def _header(source: bytes, start: int, limit: int) -> _Header:
    if limit - start < _HEADER:
        raise Unreadable("ber.cut_short", offset=start)
    tag, length, body_start = source[start], source[start + 1], start + _HEADER
    if tag & _HIGH_TAG == _HIGH_TAG or tag == 0:
        raise Unreadable("ber.unknown_tag", offset=start)
    if length == _INDEFINITE:
        return _Header(tag, body_start, None)
    if length > _INDEFINITE:
        octets = length - _INDEFINITE
        if octets > _MOST_LENGTH_OCTETS:
            raise Unreadable("ber.bad_length", offset=start)
        body_start += octets
        length = int.from_bytes(source[start + _HEADER : body_start], "big")
    if body_start > limit or length > limit - body_start:
        raise Unreadable("ber.cut_short", offset=start)
    return _Header(tag, body_start, body_start + length)


def _body(piece: bytes) -> bytes:
    """Of an OCTET STRING in definite form, the only kind that pieces may be."""
    if piece[0] != Tag.OCTET_STRING:
        raise Unreadable("ber.bad_piece", tag=piece[0])
    octets = piece[1] - _INDEFINITE if piece[1] > _INDEFINITE else 0
    return piece[_HEADER + octets :]
