"""Takes out of a journal's line what may be somebody's: the platform's own words in journals are English.

So a Cyrillic word in one is a name or a text of a person; long numbers are tax numbers, telephones and documents.
"""

import re
from typing import Final

_CYRILLIC: Final = "[\u0400-\u04ff][\u0400-\u04ff\u02bc\u2019'-]*"

_MASKS: Final = (
    (re.compile(r"\n?(?:DETAIL|CONTEXT|HINT):.*", re.DOTALL), ""),  # PostgreSQL repeats the row's values here
    (re.compile(r"[^\s@<>\"'(\[]+@[^\s@<>\"')\],;]+"), "[mail]"),
    (re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])"), "[address]"),
    (re.compile(r"(?<![\w:])(?:[0-9a-fA-F]{0,4}:){3,7}[0-9a-fA-F]{0,4}(?![\w:])"), "[address]"),
    (re.compile(rf"{_CYRILLIC}(?:[\s.,«»\"]+{_CYRILLIC})*\.?"), "[words]"),
    (re.compile(r"(?<![\w-])\+?\d(?:[\s()-]?\d){5,}(?![\w-])"), "[number]"),
    (re.compile(r"(?<![\w-])[A-Za-z0-9_=+-]{40,}(?![\w-])|\b[A-Za-z0-9]{32,}\b"), "[secret]"),
)


def masked(text: str) -> str:
    for pattern, instead in _MASKS:
        text = pattern.sub(instead, text)
    return text
