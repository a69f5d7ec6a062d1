"""XML from outside, read strictly: no document type, no entities but the five, bounded in size, depth and number.

expat and not ElementTree: only expat lets a document type be refused before anything of it is taken in, and a
document type is where entity bombs and readings of local files begin. SOAP forbids it anyway.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NoReturn, Self
from xml.parsers import expat

LARGEST: Final = 512 * 1024
DEEPEST: Final = 40
MOST_ELEMENTS: Final = 2_000


class Unreadable(Exception):
    """Not XML, or not the kind that is read here."""


@dataclass(kw_only=True)
class Element:
    """`name` is «{namespace}local», or just «local»."""

    name: str
    attributes: dict[str, str]
    text: str = ""
    children: list[Self] = field(default_factory=list)

    @property
    def local_name(self) -> str:
        return self.name.rpartition("}")[2]

    def walk(self) -> Iterator[Self]:
        yield self
        for child in self.children:
            yield from child.walk()

    def first(self, name: str) -> Self | None:
        """The first of that name in the whole tree."""
        return next((each for each in self.walk() if each.name == name), None)

    def text_of(self, name: str) -> str:
        found = self.first(name)
        return found.text.strip() if found else ""


def read_xml(content: bytes) -> Element:
    if len(content) > LARGEST:
        raise Unreadable("too large")
    return _Reader().read(content)


class _Reader:
    def __init__(self) -> None:
        self._root: Element | None = None
        self._open: list[Element] = []
        self._seen = 0

    def read(self, content: bytes) -> Element:
        parser = expat.ParserCreate("utf-8", "}")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _no_doctype
        parser.ProcessingInstructionHandler = _no_instruction
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._words
        try:
            parser.Parse(content, True)  # expat's own «this is all»
        except expat.ExpatError as broken:
            raise Unreadable(expat.errors.messages.get(broken.code, "broken")) from None
        if self._root is None:
            raise Unreadable("empty")
        return self._root

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._seen += 1
        if self._seen > MOST_ELEMENTS or len(self._open) >= DEEPEST:
            raise Unreadable("too many elements")
        element = Element(name=_clark(name), attributes={_clark(key): value for key, value in attributes.items()})
        if self._open:
            self._open[-1].children.append(element)
        else:
            self._root = element
        self._open.append(element)

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _words(self, text: str) -> None:
        self._open[-1].text += text


def _clark(name: str) -> str:
    return f"{{{name}" if "}" in name else name


def _no_doctype(*_: object) -> NoReturn:
    raise Unreadable("a document type")


def _no_instruction(*_: object) -> NoReturn:
    raise Unreadable("a processing instruction")
