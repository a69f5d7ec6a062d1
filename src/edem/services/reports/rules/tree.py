"""The act's tree of categories (§3.5), as a community gets it; from then on it edits its own."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

SEPARATOR: Final = "."
OTHER: Final = "8"
"""«Інше»: whatever fits nowhere."""


@dataclass(frozen=True, kw_only=True)
class Branch:
    code: str
    title: str
    words: str
    scale_m: int
    window_hours: int
    photo_required_on_closing: bool

    @property
    def parent_code(self) -> str:
        """Empty for a direction."""
        return self.code.rpartition(SEPARATOR)[0]

    @property
    def level(self) -> int:
        return self.code.count(SEPARATOR) + 1


@cache
def tree_of_the_act() -> tuple[Branch, ...]:
    """In the act's order: a parent stands before its children."""
    lines = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["categories"]
    return tuple(
        Branch(
            code=code,
            title=title,
            words=words,
            scale_m=scale_m,
            window_hours=window_hours,
            photo_required_on_closing=photo,
        )
        for code, title, words, scale_m, window_hours, photo in lines
    )


def lineage(code: str) -> tuple[str, ...]:
    """A code and everything above it, itself first: what holds for «2.1» holds for «2.1.1»."""
    parts = code.split(SEPARATOR)
    return tuple(SEPARATOR.join(parts[:length]) for length in range(len(parts), 0, -1))
