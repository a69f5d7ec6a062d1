"""Set-based SQL for mass acts: one statement for the whole batch (style.md §3)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection


@dataclass(frozen=True)
class Column:
    """A column and its PostgreSQL type, as `unnest` must be told."""

    name: str
    kind: str


def insert_new(
    table: str, columns: Sequence[Column], rows: Sequence[Sequence[Any]], *, key: Sequence[str]
) -> set[tuple[Any, ...]]:
    """Insert the rows that are not there yet, in one statement; give the keys of those that are new."""
    if not rows:
        return set()
    quote = connection.ops.quote_name
    names = ", ".join(quote(column.name) for column in columns)
    arrays = ", ".join(f"%s::{column.kind}[]" for column in columns)
    returned = ", ".join(quote(name) for name in key)
    statement = (
        f"INSERT INTO {quote(table)} ({names}) SELECT * FROM unnest({arrays}) "  # noqa: S608 - names come from code
        f"ON CONFLICT DO NOTHING RETURNING {returned}"
    )
    written = [
        array_literal(values, kind=column.kind) for column, values in zip(columns, zip(*rows, strict=True), strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(statement, written)
        return {tuple(_plain(value) for value in row) for row in cursor.fetchall()}


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


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value
