"""A list may be longer than anybody leafs through: its rows are counted, and shown, up to an end."""

from typing import Final

from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.utils.functional import cached_property

MOST: Final = 1_000


def counted_up_to(rows: "QuerySet[Model]", most: int = MOST) -> tuple[int, bool]:
    """How many there are, and whether there are more than `most`: counting a hundred thousand is slow, and no use."""
    found = rows.order_by()[: most + 1].count()
    return min(found, most), found > most


class LongPaginator(Paginator):  # type: ignore[type-arg]
    """`is_cut` says that there is more than its pages show; the reader then needs a filter, not page 51."""

    def __init__(self, rows: "QuerySet[Model]", per_page: int, *, most: int = MOST) -> None:
        super().__init__(rows, per_page)
        self._rows, self._most = rows, most

    @cached_property
    def _counted(self) -> tuple[int, bool]:
        return counted_up_to(self._rows, self._most)

    @cached_property
    def count(self) -> int:
        return self._counted[0]

    @property
    def is_cut(self) -> bool:
        return self._counted[1]
