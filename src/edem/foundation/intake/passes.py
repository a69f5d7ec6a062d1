"""What intake needs to know of the sealed act pass; foundation.identity seals and opens it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID


class ActPass(Protocol):
    """Dated eligibility, good for some minutes: enough to act without reading a single row."""

    @property
    def person_id(self) -> UUID: ...
    @property
    def display_name(self) -> str: ...
    @property
    def assurance(self) -> str: ...
    @property
    def method(self) -> str: ...
    @property
    def marks(self) -> Mapping[str, str]: ...
    @property
    def key_version(self) -> int: ...
    @property
    def earlier_marks(self) -> Mapping[str, str]: ...
    @property
    def memberships(self) -> Sequence[tuple[int, str, datetime]]: ...
    @property
    def age(self) -> int | None: ...


Opener = Callable[[str, datetime], ActPass | None]
