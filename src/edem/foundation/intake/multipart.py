"""A browser's form with files, read whole from memory: only what FormData writes (RFC 7578). Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

CONTENT_TYPE: Final = "multipart/form-data"
_BOUNDARY: Final = re.compile(r'boundary="?([0-9A-Za-z\'()+_,./:=? -]{1,70})"?')
_NAME: Final = re.compile(rb'(?:^|[;\s])name="([^"\r\n]*)"')
_FILE: Final = re.compile(rb'(?:^|[;\s])filename="([^"\r\n]*)"')
_END_OF_HEAD: Final = b"\r\n\r\n"
_LONGEST_HEAD: Final = 2_000
_MOST_PARTS: Final = 100


@dataclass(frozen=True, kw_only=True)
class SentFile:
    field: str
    name: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class SentForm:
    values: dict[str, list[str]] = field(default_factory=dict)
    files: list[SentFile] = field(default_factory=list)

    def first(self, name: str) -> str:
        return self.values.get(name, [""])[0]


def read_form(content_type: str, body: bytes) -> SentForm:
    """ValueError for what no browser sends."""
    found = _BOUNDARY.search(content_type)
    if found is None:
        raise ValueError("no boundary")
    form = SentForm()
    for head, content in _parts(body, b"--" + found[1].encode("ascii")):
        name = _NAME.search(head)
        if name is None:
            raise ValueError("a part without a name")
        file = _FILE.search(head)
        if file is None:
            form.values.setdefault(_text(name[1]), []).append(content.decode())
        elif file[1] or content:  # a field that nobody filled in comes as a file without a name
            form.files.append(SentFile(field=_text(name[1]), name=_text(file[1]), content=content))
    return form


def _parts(body: bytes, line: bytes) -> Iterator[tuple[bytes, bytes]]:
    if not body.startswith(line + b"\r\n"):
        raise ValueError("it does not begin with its boundary")
    at = len(line) + 2
    for _ in range(_MOST_PARTS):
        head_end = body.find(_END_OF_HEAD, at, at + _LONGEST_HEAD)
        end = body.find(b"\r\n" + line, max(at, head_end))
        if head_end < 0 or end < 0:
            raise ValueError("a part without an end")
        yield body[at:head_end], body[head_end + len(_END_OF_HEAD) : end]
        at = end + 2 + len(line) + 2
        if body[at - 2 : at] == b"--":
            return
    raise ValueError("too many parts")


def _text(written: bytes) -> str:
    """Browsers write UTF-8, and only the quote and line ends by per cent."""
    return re.sub("%(?:22|0D|0A)", lambda sign: unquote(sign[0]), written.decode())
