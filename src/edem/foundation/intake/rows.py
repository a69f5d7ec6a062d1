"""Set-based SQL for mass acts: one statement for the whole batch (style.md §3)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
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
    returned = ", ".join(quote(name) for name in key)
    statement = (
        f"INSERT INTO {quote(table)} ({names}) "  # noqa: S608 - names come from code
        f"SELECT {names} FROM {unnested(columns, name='wished', place='place')} "
        f"ON CONFLICT DO NOTHING RETURNING {returned}"
    )
    return set(ask_prepared(statement, arrays_of(columns, rows)))


def unnested(columns: Sequence[Column], *, name: str, place: str) -> str:
    """The rows of `arrays_of` as a table called `name`; its column `place` numbers them from 1."""
    arrays = ", ".join(f"%s::{column.kind}[]" for column in columns)
    names = ", ".join(connection.ops.quote_name(column.name) for column in columns)
    return f"unnest({arrays}) WITH ORDINALITY AS {name} ({names}, {place})"


def arrays_of(columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> list[str]:
    """One array literal a column: the parameters of `unnested`."""
    cells = zip(*rows, strict=True) if rows else ((),) * len(columns)
    return [array_literal(values, kind=column.kind) for column, values in zip(columns, cells, strict=True)]


def ask_prepared(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """On Django's connection, but with the plan kept: planning these statements takes longer than running them."""
    connection.ensure_connection()
    own: psycopg.Connection[Any] = connection.connection
    own.prepare_threshold = 0
    with connection.wrap_database_errors, psycopg.Cursor(own) as cursor:
        return cursor.execute(statement, values, prepare=True).fetchall()


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
