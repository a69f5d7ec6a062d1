"""Words as they are stored: without signs that have no look or turn a line around, without walls of empty lines."""

import re

from edem.foundation.documents.facts import printable

_SPACES = re.compile(r"[ \t\u00a0]+")
_MOST_READ = 20_000
"""Nobody tidies a megabyte: what is longer than this is too long however it is tidied."""


def tidy_comment(text: str) -> str:
    lines = [_SPACES.sub(" ", line).strip() for line in printable(text[:_MOST_READ].replace("\r\n", "\n")).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
