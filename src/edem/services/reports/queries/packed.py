"""Columns as the database packs them: whole arrays, of which no row is ever built here."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from edem.kernel.geo.cells import Range
from edem.services.reports.models import Report

Column = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
WHOLE: Final = ">i8"
FLOAT: Final = ">f8"


def packed(*columns: str) -> str:
    """For a SELECT that groups: each column in one piece, all in the order in which the rows came.

    A column is told as the bytes of its numbers: `int8send(id)`. That is half of what arrays cost.
    """
    return ", ".join(f"string_agg({column}, '')" for column in columns)


def of_parts(ranges: Sequence[Range]) -> tuple[str, list[list[int]]]:
    """For a FROM: a row for each range of cells, and what it is given; LATERAL then asks for each the same."""
    given = [[first for first, _ in ranges], [last for _, last in ranges]]
    return "unnest(%s::bigint[], %s::bigint[]) WITH ORDINALITY AS part (first, last, number)", given


def in_part(reports: "QuerySet[Report]") -> "QuerySet[Report]":
    """Those of one row of `of_parts`: written by the ORM once, however many parts there are."""
    first, last = RawSQL("part.first", ()), RawSQL("part.last", ())
    return reports.filter(cell__gte=first, cell__lt=last)


def wholes(parts: Sequence[bytes]) -> Column:
    return np.frombuffer(b"".join(parts), dtype=WHOLE).astype(np.int64)


def floats(parts: Sequence[bytes]) -> Floats:
    return np.frombuffer(b"".join(parts), dtype=FLOAT).astype(np.float64)
