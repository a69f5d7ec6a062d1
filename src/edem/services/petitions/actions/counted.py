"""The rows that are counted in, and what counting them says; the same for one database and for several."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from edem.foundation.intake.rows import Column, arrays_of


@dataclass(frozen=True, kw_only=True)
class CountedIn:
    """What one statement did: the new count of each petition, and the rows that were left out."""

    counts: Mapping[int, int]
    left_out: Mapping[int, bool]
    """Place of a row in the batch → whether its signer had withdrawn; the others have signed already."""


COLUMNS: Final = (
    Column("community_id", "bigint"),
    Column("petition_id", "bigint"),
    Column("mark", "bytea"),
    Column("key_version", "smallint"),
    Column("person_id", "uuid"),
    Column("public_name", "text"),
    Column("assurance", "text"),
    Column("channel", "text"),
    Column("settlement_code", "text"),
    Column("signed_at", "timestamptz"),
    Column("sheet_id", "bigint"),
)


class WishedRows:
    """Rows of COLUMNS, no person twice among them; written out at once, before anything is locked for them."""

    def __init__(self, rows: Sequence[Sequence[Any]]) -> None:
        self.rows = rows
        self.arrays = arrays_of(COLUMNS, rows)
