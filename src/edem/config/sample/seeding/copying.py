"""Writes thousands of rows by COPY: several times faster than INSERT, and in the same transaction."""

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import Field, Model, Value
from django.db.models.expressions import DatabaseDefault


def copy_in(model: type[Model], rows: Iterable[Model]) -> None:
    """Write unsaved rows of a model; a key that the database numbers is left to it."""
    fields = [field for field in model._meta.concrete_fields if not _numbered(field)]  # noqa: SLF001 - Django's public name
    copy_values(
        model._meta.db_table,  # noqa: SLF001
        [str(field.column) for field in fields],
        ([_plain(getattr(row, field.attname)) for field in fields] for row in rows),
    )


def copy_values(table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write rows of values and say how many there were."""
    written = 0
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
            written += 1
    return written


def _numbered(field: "Field[object, object]") -> bool:
    return field.primary_key and field.get_internal_type().endswith("AutoField")


def _plain(value: object) -> object:
    """An enumeration would be written by its name; a default that the database has, as what it says."""
    if isinstance(value, DatabaseDefault):
        expression: object = value.expression  # type: ignore[attr-defined]
        return expression.value if isinstance(expression, Value) else expression
    return str(value) if isinstance(value, str) else value
