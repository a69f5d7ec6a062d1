"""What other servers and files say in JSON and in XML, read strictly into flat records: name → text. Pure.

XML goes through expat, which refuses a document type before anything of it is taken in (entity bombs, local files).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NoReturn
from xml.parsers import expat

Record = dict[str, str]

DEEPEST: Final = 40
MOST_FIELDS: Final = 200
LONGEST_VALUE: Final = 100_000


class Unreadable(Exception):
    """Neither JSON nor XML, or not of the shape that is read here."""


def records_in(content: bytes) -> list[Record]:
    """The things of the list that a document is, or holds first."""
    if content.lstrip().startswith(b"<"):
        return _XmlRecords().read(content)
    return list(flat_records(json_in(content)))


def json_in(content: bytes) -> object:
    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as broken:
        raise Unreadable(type(broken).__name__) from None


def flat_records(document: object) -> Iterator[Record]:
    for each in _list_of(document):
        if isinstance(each, Mapping):
            yield flat(each)


def flat(thing: Mapping[str, object]) -> Record:
    """{"reporter": {"id": 5}} is «reporter.id»; lists of plain things are joined by commas."""
    record: Record = {}
    for name, value in _leaves(thing, "", 0):
        if len(record) >= MOST_FIELDS:
            raise Unreadable("too many fields")
        record[name] = value
    return record


def _leaves(thing: Mapping[str, object], before: str, depth: int) -> Iterator[tuple[str, str]]:
    for name, value in thing.items():
        if isinstance(value, Mapping) and depth < DEEPEST:
            yield from _leaves(value, f"{before}{name}.", depth + 1)
        else:
            yield before + str(name), _said(value)


def _said(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, Sequence):
        return ",".join(_said(each) for each in value if not isinstance(each, Mapping))
    return ""


def _list_of(document: object) -> Sequence[object]:
    if isinstance(document, Mapping):
        lists = [value for value in document.values() if isinstance(value, list)]
        if not lists:
            raise Unreadable("no list")
        return lists[0]
    if not isinstance(document, list):
        raise Unreadable("no list")
    return document


def _no_constant(word: str) -> NoReturn:
    raise ValueError(word)


class _XmlRecords:
    """Every child of the root is a record; what is nested in it is named with dots."""

    def __init__(self) -> None:
        self._path: list[str] = []
        self._words: list[str] = []
        self._is_leaf = True
        self._records: list[Record] = []

    def read(self, content: bytes) -> list[Record]:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._words.append
        try:
            parser.Parse(content, True)  # expat's own «this is all»
        except expat.ExpatError as broken:
            raise Unreadable(expat.errors.messages.get(broken.code, "broken")) from None
        except (LookupError, ValueError):
            raise Unreadable("encoding") from None
        return self._records

    def _start(self, name: str, _attributes: Mapping[str, str]) -> None:
        if len(self._path) >= DEEPEST:
            raise Unreadable("too deep")
        self._path.append(name)
        self._words.clear()
        self._is_leaf = True
        if len(self._path) == 2:  # noqa: PLR2004 - the root's own children
            self._records.append({})

    def _end(self, _name: str) -> None:
        name, text = ".".join(self._path[2:]), "".join(self._words).strip()
        is_leaf, self._is_leaf = self._is_leaf, False
        self._words.clear()
        self._path.pop()
        if not name or not is_leaf:
            return
        record = self._records[-1]
        if len(record) >= MOST_FIELDS or len(text) > LONGEST_VALUE:
            raise Unreadable("too many fields")
        if text or name not in record:
            record[name] = f"{record[name]},{text}" if record.get(name) else text


def _refuse(*_: object) -> NoReturn:
    raise Unreadable("a document type")
