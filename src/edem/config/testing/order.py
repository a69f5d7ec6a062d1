"""A list without an order comes out reversed, so a test that leans on luck fails."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db.models import query

ROW_SHAPES = (
    "ModelIterable",
    "ValuesIterable",
    "ValuesListIterable",
    "FlatValuesListIterable",
    "NamedValuesListIterable",
)


def _reversed_when_unordered(original: Any) -> Any:
    def rows(self: Any) -> Iterator[Any]:
        found: Iterator[Any] = original(self)
        return found if self.queryset.ordered else reversed(list(found))

    return rows


@contextmanager
def unordered_lists_reversed() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        shapes = [getattr(query, name) for name in ROW_SHAPES]
        for shape in shapes:
            if "__iter__" in vars(shape):
                patch.setattr(shape, "__iter__", _reversed_when_unordered(shape.__iter__))
        yield
