"""Set-based SQL for mass acts: one statement for the whole batch (style.md §3)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Column:
    """A column and its PostgreSQL type, as `unnest` must be told."""

    name: str
    kind: str


def unnested(columns: Sequence[Column], *, name: str, place: str) -> str:
    """The rows of `arrays_of` as a table called `name`; its column `place` numbers them from 1."""
    arrays = ", ".join(f"%s::{column.kind}[]" for column in columns)
    names = ", ".join(column.name for column in columns)
    return f"unnest({arrays}) WITH ORDINALITY AS {name} ({names}, {place})"


def arrays_of(columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> list[str]:
    """One array literal a column: the parameters of `unnested`."""
    cells = zip(*rows, strict=True) if rows else ((),) * len(columns)
    return [array_literal(values, kind=column.kind) for column, values in zip(columns, cells, strict=True)]


def array_literal(values: Iterable[Any], *, kind: str) -> str:
    """PostgreSQL's own writing of an array: a long list as one text is several times cheaper than as a list."""
    write = _WRITERS.get(kind, _quoted)
    return "{" + ",".join("NULL" if value is None else write(value) for value in values) + "}"


def _quoted(value: Any) -> str:
    text = str(value)
    if "\\" in text or '"' in text:
        text = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def _hex(value: bytes) -> str:
    return '"\\\\x' + bytes(value).hex() + '"'


def _moment(value: Any) -> str:
    return f'"{value.isoformat()}"'


_WRITERS: dict[str, Callable[[Any], str]] = {
    "bigint": str,
    "integer": str,
    "int": str,
    "smallint": str,
    "uuid": str,
    "bytea": _hex,
    "timestamptz": _moment,
}
