"""The column of a sealed value. By its class the rotation of keys and the house's tests find every one of them."""

from collections.abc import Callable
from typing import Any

from django.db import models


class SealedField(models.BinaryField):  # type: ignore[type-arg]
    """Bytes that `sealing.seal` made for this place and use; empty or NULL when there is nothing."""

    def __init__(
        self, *args: Any, use: str = "vault", place: Callable[[Any], str] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.use, self._place = use, place

    def place_of(self, row: models.Model) -> str:
        """Table, column and row, unless the table names its places otherwise."""
        if self._place:
            return self._place(row)
        return f"{self.model._meta.db_table}.{self.column}.{row.pk}"  # noqa: SLF001 - Django's public name

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """For the database it is bytes: neither use nor place is a migration's business."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.BinaryField", args, kwargs
