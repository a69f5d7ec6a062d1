"""By what an officer selects signatures: conditions that all hold at once. Stored with the exclusion as they were."""

from datetime import datetime, timedelta
from typing import Final

from pydantic import BaseModel, ConfigDict

from edem.kernel.errors import Invalid

SECOND: Final = timedelta(seconds=1)
LEAST_REPEATS: Final = 2


class Conditions(BaseModel):
    """What is empty asks nothing. The window takes both of its seconds in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    since: datetime | None = None
    until: datetime | None = None
    channel: str = ""
    assurance: str = ""
    sheet_id: int | None = None
    settlement_code: str = ""
    name: str = ""
    """A part of the name in the public list, whatever the case of its letters."""
    repeats: int | None = None
    """Names that stand in the list at least so many times."""

    @property
    def ends_before(self) -> datetime | None:
        return None if self.until is None else self.until + SECOND

    @property
    def ask_something(self) -> bool:
        return self != Conditions()


def check_conditions(conditions: Conditions) -> None:
    """Nobody may take off a whole list by leaving the form empty."""
    if not conditions.ask_something:
        raise Invalid("exclusion.no_conditions")
    if conditions.since and conditions.until and conditions.until < conditions.since:
        raise Invalid("exclusion.window_upside_down")
    if conditions.repeats is not None and conditions.repeats < LEAST_REPEATS:
        raise Invalid("exclusion.too_few_repeats", least=LEAST_REPEATS)
