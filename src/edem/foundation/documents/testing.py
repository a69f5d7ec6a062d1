"""Reads the text back from a PDF that typst made: what a person would copy from it."""

import re
import zlib
from collections.abc import Iterator

_OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.DOTALL)
_FONT = re.compile(rb"/(f\d+) [\d.]+ Tf")
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_END = b"ET\n"

Glyphs = dict[int, str]


def pdf_pages(pdf: bytes) -> list[str]:
    """The text of each page, in the order of printing."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    [pages] = [body for body in objects.values() if b"/Type/Pages/" in body]
    kids = re.search(rb"/Kids\[(.*?)\]", pages)
    assert kids
    return [_page_text(objects, objects[int(kid)]) for kid in re.findall(rb"(\d+) 0 R", kids[1])]


def _page_text(objects: dict[int, bytes], page: bytes) -> str:
    fonts = re.findall(rb"/(f\d+) (\d+) 0 R", objects[_reference(page, b"Resources")])
    glyphs = {name: _glyphs(_stream(objects[_reference(objects[int(font)], b"ToUnicode")])) for name, font in fonts}
    return "".join(_read(_stream(objects[_reference(page, b"Contents")]), glyphs))


def _read(content: bytes, fonts: dict[bytes, Glyphs]) -> Iterator[str]:
    current: Glyphs = {}
    at = 0
    while at < len(content):
        if font := _FONT.match(content, at):
            current, at = fonts[font[1]], font.end()
        elif content[at : at + 1] == b"(":
            end = _string_end(content, at)
            yield _text(content[at + 1 : end - 1], current)
            at = end
        else:
            if content.startswith(_END, at):
                yield "\n"
            at += 1


def _string_end(content: bytes, at: int) -> int:
    """Past the closing parenthesis; balanced ones may stand inside without a backslash."""
    depth = 0
    while True:
        match content[at : at + 1]:
            case b"\\":
                at += 1
            case b"(":
                depth += 1
            case b")":
                depth -= 1
        at += 1
        if depth == 0:
            return at


def _text(string: bytes, glyphs: Glyphs) -> str:
    raw = _ESCAPED.sub(_unescaped, string)
    codes = (int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2))
    return "".join(glyphs.get(code, "\ufffd") for code in codes)


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    return bytes([int(code, 8)]) if code[:1].isdigit() else _NAMED.get(code, code)


def _glyphs(cmap: bytes) -> Glyphs:
    pairs = re.findall(rb"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>\s*\n", cmap)
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be", "replace") for code, text in pairs}


def _reference(body: bytes, name: bytes) -> int:
    found = re.search(rb"/" + name + rb" (\d+) 0 R", body)
    assert found, name
    return int(found[1])


def _stream(body: bytes) -> bytes:
    found = _STREAM.search(body)
    assert found
    return zlib.decompress(found[1])
