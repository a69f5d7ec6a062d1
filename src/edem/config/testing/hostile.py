"""What somebody types, or an address is made to say, who means no good or was not looking."""

from typing import Final

HOSTILE_WORDS: Final = (
    "\x00",
    "'; DROP TABLE x; --",
    "%",
    "_",
    "\\",
    "(",
    "a & !b | (",
    ":*",
    "🙂" * 300,
    "а" * 5_000,
    "9" * 5_000,
    "-1",
    "٣",
    "²",
)
