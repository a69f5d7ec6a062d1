"""A step in the life of a sample thing, as the service's own lifecycle table has it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, Self, TypeVar

from edem.kernel.lifecycle import Transition

S = TypeVar("S", bound=StrEnum)
P = TypeVar("P", bound=StrEnum)


@dataclass(frozen=True, kw_only=True)
class SampleStep(Generic[S, P]):
    at: datetime
    step: P
    source: S
    target: S
    actor: str
    note: str
    clause: str

    @classmethod
    def taken(cls, row: Transition[S, P], *, source: S, at: datetime, actor: str, note: str) -> Self:
        return cls(at=at, step=row.step, source=source, target=row.target, actor=actor, note=note, clause=row.clause)

    def recorded(self) -> dict[str, Any]:
        """The columns of its row in the history; whose the row is, and who made the step, only the seeding knows."""
        return {
            "at": self.at,
            "step": self.step,
            "from_state": self.source,
            "to_state": self.target,
            "actor": self.actor,
            "note": self.note,
            "clause": self.clause,
        }


def last_at(steps: Sequence[SampleStep[S, P]], step: P) -> datetime | None:
    """When a step was made last."""
    return next((each.at for each in reversed(steps) if each.step is step), None)
