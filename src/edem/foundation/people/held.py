"""What a part of the platform holds about one person, as that person reads it: what, why, till when."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Held:
    code: str
    """In the copy that a person takes away: «petitions.signatures»."""
    title: str
    words: str
    why: str
    until: str
    stays_because: str = ""
    """Why the law does not let it be erased with the rest; empty when it goes."""
    lines: Callable[[], Iterable[Mapping[str, object]]] = tuple
    """All of it, for the copy; read only then."""


def lines_of(rows: Iterable[object], *names: str) -> Callable[[], Iterable[Mapping[str, object]]]:
    """These columns of each row, under their own names; read only when the copy is made."""
    return lambda: [{name: getattr(each, name) for name in names} for each in rows]
