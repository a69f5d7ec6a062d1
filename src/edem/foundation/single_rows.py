"""One row of a table, by SQL that is written once in a process.

Django writes every query anew, which takes longer than asking it; on the pages that everybody opens it shows.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model

M = TypeVar("M", bound=Model)


class SingleRow(Generic[M]):
    """The first row that meets the condition: `SingleRow(Petition, "community_id = %s AND id = %s").find(1, 5)`."""

    def __init__(self, model: type[M], where: str, *, order: str = "") -> None:
        self._model, self._where, self._order = model, where, order
        self._told = model._meta  # noqa: SLF001 - Django's documented name for what a model says of itself

    def find(self, *values: Any) -> M | None:
        row = first_of(self._statement, *values)
        if row is None:
            return None
        cells = list(row)
        for place, read in self._readers:
            cells[place] = read(cells[place], None, connection)
        return self._model.from_db(connection.alias, self._names, cells)

    @cached_property
    def _names(self) -> list[str]:
        return [field.attname for field in self._told.concrete_fields]

    @cached_property
    def _readers(self) -> list[tuple[int, Callable[..., Any]]]:
        """What some fields do with a value of the database, as JSON does."""
        fields = enumerate(self._told.concrete_fields)
        return [(place, field.from_db_value) for place, field in fields if hasattr(field, "from_db_value")]

    @cached_property
    def _statement(self) -> str:
        quote = connection.ops.quote_name
        columns = ", ".join(quote(field.column or "") for field in self._told.concrete_fields)
        order = f" ORDER BY {self._order}" if self._order else ""
        table = quote(self._told.db_table)
        return f"SELECT {columns} FROM {table} WHERE {self._where}{order} LIMIT 1"  # noqa: S608 - written in our code


def first_of(statement: str, *values: Any) -> tuple[Any, ...] | None:
    """The first row of a statement of ours, through Django's cursor: counted, timed and mended as its own are."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row


def all_of(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
