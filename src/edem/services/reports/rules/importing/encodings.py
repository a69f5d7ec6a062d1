"""Which encoding a file is in: said by its mark, else by which reading looks most like words of ours."""

import re
from typing import Final

from edem.kernel.errors import Invalid

_MARKS: Final = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_EIGHT_BITS: Final = ("cp1251", "koi8-u", "cp866")
_LOOKED_AT: Final = 64 * 1024
_FEW: Final = 0.02
_SMALL: Final = re.compile("[а-яґєії]")
_ODD: Final = re.compile("[а-яґєії][А-ЯҐЄІЇ]|[\u2500-\u25ff]")
_UNDECODED: Final = "\ufffd"


def text_of(content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding; a letter that could not be read is U+FFFD, and its line is named later."""
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return content.decode(encoding, "replace"), encoding
    start = content[:_LOOKED_AT]
    if start.count(b"\x00") > len(start) // 10:
        return _wide(content, start)
    text = content.decode("utf-8", "replace")
    lost, foreign = text.count(_UNDECODED), sum(1 for byte in start if byte > 127)  # noqa: PLR2004 - not ASCII
    if not lost or lost <= _FEW * max(foreign, 50):
        return text, "utf-8"
    best = max(_EIGHT_BITS, key=lambda encoding: likeness(start.decode(encoding, "replace")))
    return content.decode(best, "replace"), best


def likeness(text: str) -> int:
    """Small Cyrillic letters speak for a reading; capitals inside words and frames of tables against it."""
    return len(_SMALL.findall(text)) - 5 * len(_ODD.findall(text))


def _wide(content: bytes, start: bytes) -> tuple[str, str]:
    """Two bytes a letter without a mark: ASCII has its empty byte second in little-endian order, first in big."""
    encoding = "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"
    text = content.decode(encoding, "replace")
    if "\x00" in text[:_LOOKED_AT] or text.count(_UNDECODED) > len(text) // 10:
        raise Invalid("report_import.unreadable", why="NUL")
    return text, encoding
