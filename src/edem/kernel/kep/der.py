"""A strict and bounded reader of DER (X.690): one element at a time, nothing is copied until it is asked for.

Refused: loose lengths, integers, booleans; bytes left over; too much, too deep. There is no tolerant mode.
"""

from collections.abc import Iterator
from datetime import datetime
from enum import IntEnum
from typing import Final

from edem.kernel.kep.der_values import dotted, moment, whole_number
from edem.kernel.kep.errors import Unreadable

MOST_BYTES: Final = 128 * 2**20
MOST_DEPTH: Final = 40
MOST_ELEMENTS: Final = 4096
MOST_INTEGER_BYTES: Final = 1040  # 8192 bits; and Python does not print integers of much more
MOST_OID_BYTES: Final = 64
MOST_TEXT_BYTES: Final = 64 * 2**10

_CONSTRUCTED = 0x20
_CONTEXT = 0x80
_LONG = 0x80  # a length octet from here on says how many octets of length follow
_HIGH_TAG = 0x1F
_HEADER = 2
_MOST_LENGTH_OCTETS = 4


class Tag(IntEnum):
    """Identifier octets as they stand in the bytes: SEQUENCE and SET with their bit «constructed»."""

    BOOLEAN = 0x01
    INTEGER = 0x02
    BIT_STRING = 0x03
    OCTET_STRING = 0x04
    NULL = 0x05
    OID = 0x06
    ENUMERATED = 0x0A
    UTF8 = 0x0C
    NUMERIC = 0x12
    PRINTABLE = 0x13
    TELETEX = 0x14
    IA5 = 0x16
    UTC_TIME = 0x17
    GENERALIZED_TIME = 0x18
    VISIBLE = 0x1A
    UNIVERSAL = 0x1C
    BMP = 0x1E
    SEQUENCE = 0x30
    SET = 0x31


_ENCODINGS = {
    Tag.UTF8: "utf-8",
    Tag.NUMERIC: "ascii",
    Tag.PRINTABLE: "ascii",
    Tag.IA5: "ascii",
    Tag.VISIBLE: "ascii",
    Tag.TELETEX: "latin-1",
    Tag.BMP: "utf-16-be",
    Tag.UNIVERSAL: "utf-32-be",
}


def read(source: bytes | memoryview, *, most: int = MOST_BYTES) -> "Node":
    """The one element that the bytes are; anything after it is refused."""
    if len(source) > most:
        raise Unreadable("der.too_long", length=len(source), most=most)
    view = memoryview(source).toreadonly()
    node = _element(view, 0, len(view), depth=0)
    if node.end != len(view):
        raise Unreadable("der.bytes_left_over", offset=node.end)
    return node


class Node:
    """One element: its tag, where it begins, where its body begins, where it ends. The body is read on demand."""

    __slots__ = ("_depth", "_source", "body_start", "end", "start", "tag")

    def __init__(self, source: memoryview, *, tag: int, start: int, body_start: int, end: int, depth: int) -> None:
        self._source, self._depth = source, depth
        self.tag, self.start, self.body_start, self.end = tag, start, body_start, end

    @property
    def raw(self) -> bytes:
        """The whole element, header and body, exactly as it stands."""
        return bytes(self._source[self.start : self.end])

    @property
    def body(self) -> bytes:
        return bytes(self._source[self.body_start : self.end])

    @property
    def view(self) -> memoryview:
        """The body without a copy: for content that may be many megabytes."""
        return self._source[self.body_start : self.end]

    def __len__(self) -> int:
        return self.end - self.body_start

    def retagged(self, tag: int) -> bytes:
        """The whole element under another tag: what is signed of CMS's attributes is a SET, not their [0]."""
        return bytes((tag,)) + bytes(self._source[self.start + 1 : self.end])

    def implicit(self, tag: int) -> "Node":
        """What stands under an IMPLICIT tag, to be read as an element of this one."""
        if (self.tag ^ tag) & _CONSTRUCTED:
            raise Unreadable("der.unexpected", expected=tag, found=self.tag, offset=self.start)
        bounds = {"start": self.start, "body_start": self.body_start, "end": self.end}
        return Node(self._source, tag=tag, depth=self._depth, **bounds)

    def inside(self) -> "Node":
        """The only element inside a constructed one, such as an EXPLICIT tag."""
        fields = self._children()
        inner = fields.next()
        fields.finish()
        return inner

    def sequence(self) -> "Fields":
        self._expect(Tag.SEQUENCE)
        return self._children()

    def sequence_of(self, *, most: int = MOST_ELEMENTS) -> tuple["Node", ...]:
        return self.sequence().rest(most=most)

    def set_of(self, *, most: int = MOST_ELEMENTS) -> tuple["Node", ...]:
        self._expect(Tag.SET)
        return self._children().rest(most=most)

    def boolean(self) -> bool:
        self._expect(Tag.BOOLEAN)
        if self.body not in (b"\x00", b"\xff"):
            raise Unreadable("der.bad_boolean", offset=self.start)
        return self.body == b"\xff"

    def integer(self) -> int:
        self._expect(Tag.INTEGER)
        return whole_number(self._bounded(MOST_INTEGER_BYTES), offset=self.start)

    def enumerated(self) -> int:
        self._expect(Tag.ENUMERATED)
        return whole_number(self._bounded(MOST_INTEGER_BYTES), offset=self.start)

    def oid(self) -> str:
        self._expect(Tag.OID)
        return dotted(self._bounded(MOST_OID_BYTES), offset=self.start)

    def octets(self) -> bytes:
        self._expect(Tag.OCTET_STRING)
        return self.body

    def bits(self) -> bytes:
        """A BIT STRING of whole octets, such as a key or a signature."""
        octets, unused = self._bit_string()
        if unused:
            raise Unreadable("der.odd_bits", offset=self.start)
        return octets

    def named_bits(self) -> frozenset[int]:
        """Numbers of the bits that are set, the first is 0 (KeyUsage, ReasonFlags)."""
        octets, _ = self._bit_string()
        if len(octets) > MOST_OID_BYTES:
            raise Unreadable("der.too_long", length=len(octets), most=MOST_OID_BYTES)
        return frozenset(
            place * 8 + bit for place, octet in enumerate(octets) for bit in range(8) if octet & (0x80 >> bit)
        )

    def null(self) -> None:
        self._expect(Tag.NULL)
        if len(self):
            raise Unreadable("der.bad_null", offset=self.start)

    def is_text(self) -> bool:
        return self.tag in _ENCODINGS

    def text(self) -> str:
        if not self.is_text():
            raise Unreadable("der.unexpected", expected="text", found=self.tag, offset=self.start)
        try:
            text = self._bounded(MOST_TEXT_BYTES).decode(_ENCODINGS[Tag(self.tag)])
        except UnicodeDecodeError as fault:
            raise Unreadable("der.bad_text", offset=self.start) from fault
        # A name cut short by a NUL has passed for another name before.
        if "\x00" in text:
            raise Unreadable("der.bad_text", offset=self.start)
        return text

    def time(self) -> datetime:
        """UTCTime or GeneralizedTime, in UTC only."""
        if self.tag not in (Tag.UTC_TIME, Tag.GENERALIZED_TIME):
            raise Unreadable("der.unexpected", expected="time", found=self.tag, offset=self.start)
        return moment(self._bounded(32), short_year=self.tag == Tag.UTC_TIME, offset=self.start)

    def _expect(self, tag: int) -> None:
        if self.tag != tag:
            raise Unreadable("der.unexpected", expected=int(tag), found=self.tag, offset=self.start)

    def _children(self) -> "Fields":
        if not self.tag & _CONSTRUCTED:
            raise Unreadable("der.unexpected", expected="constructed", found=self.tag, offset=self.start)
        return Fields(self._source, start=self.body_start, end=self.end, depth=self._depth + 1)

    def _bounded(self, most: int) -> bytes:
        if len(self) > most:
            raise Unreadable("der.too_long", length=len(self), most=most)
        return self.body

    def _bit_string(self) -> tuple[bytes, int]:
        self._expect(Tag.BIT_STRING)
        body = self.body
        unused = body[0] if body else 8
        if unused not in range(8) or (unused and (len(body) == 1 or body[-1] & ((1 << unused) - 1))):
            raise Unreadable("der.bad_bits", offset=self.start)
        return body[1:], unused


class Fields:
    """The elements inside a constructed one, taken in their order; `finish` says that there are no more."""

    __slots__ = ("_depth", "_end", "_position", "_source")

    def __init__(self, source: memoryview, *, start: int, end: int, depth: int) -> None:
        self._source, self._position, self._end, self._depth = source, start, end, depth

    def __iter__(self) -> Iterator[Node]:
        while self._position < self._end:
            yield self.next()

    def more(self) -> bool:
        return self._position < self._end

    def peek(self) -> int | None:
        """The tag of the next element."""
        return self._source[self._position] if self.more() else None

    def next(self) -> Node:
        if not self.more():
            raise Unreadable("der.missing", offset=self._end)
        node = _element(self._source, self._position, self._end, depth=self._depth)
        self._position = node.end
        return node

    def optional(self, *tags: int) -> Node | None:
        """The next element if it has one of the tags."""
        return self.next() if self.peek() in tags else None

    def tagged(self, number: int) -> Node | None:
        """The next element if it is [number], primitive or constructed: to be read by `implicit`, `body`, `inside`."""
        return self.optional(_CONTEXT | number, _CONTEXT | _CONSTRUCTED | number)

    def explicit(self, number: int) -> Node | None:
        """What stands inside [number] EXPLICIT, if the next element is that."""
        outer = self.optional(_CONTEXT | _CONSTRUCTED | number)
        return outer.inside() if outer else None

    def rest(self, *, most: int = MOST_ELEMENTS) -> tuple[Node, ...]:
        nodes: list[Node] = []
        for node in self:
            if len(nodes) == most:
                raise Unreadable("der.too_many", most=most, offset=node.start)
            nodes.append(node)
        return tuple(nodes)

    def finish(self) -> None:
        if self.more():
            raise Unreadable("der.bytes_left_over", offset=self._position)


def context(number: int, *, constructed: bool = False) -> int:
    """The identifier octet of [number]."""
    return _CONTEXT | number | (_CONSTRUCTED if constructed else 0)


def _element(source: memoryview, start: int, limit: int, *, depth: int) -> Node:
    if depth > MOST_DEPTH:
        raise Unreadable("der.too_deep", offset=start)
    if limit - start < _HEADER:
        raise Unreadable("der.cut_short", offset=start)
    tag, length, body_start = source[start], source[start + 1], start + _HEADER
    if tag & _HIGH_TAG == _HIGH_TAG or tag == 0:
        raise Unreadable("der.unknown_tag", offset=start)
    if length >= _LONG:
        length, body_start = _long_length(source, start, limit)
    if length > limit - body_start:
        raise Unreadable("der.cut_short", offset=start)
    return Node(source, tag=tag, start=start, body_start=body_start, end=body_start + length, depth=depth)


def _long_length(source: memoryview, start: int, limit: int) -> tuple[int, int]:
    octets = source[start + 1] & 0x7F
    body_start = start + _HEADER + octets
    if octets == 0:
        raise Unreadable("der.indefinite_length", offset=start)
    if octets > _MOST_LENGTH_OCTETS or body_start > limit:
        raise Unreadable("der.bad_length", offset=start)
    length = int.from_bytes(source[start + _HEADER : body_start], "big")
    if length < _LONG or source[start + _HEADER] == 0:
        raise Unreadable("der.bad_length", offset=start)
    return length, body_start
