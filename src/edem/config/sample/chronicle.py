"""What happened to one petition, step by step; every step goes through the petitions' own lifecycle table."""

from dataclasses import dataclass, field
from datetime import datetime

from edem.config.sample.steps import SampleStep, last_at
from edem.kernel.lifecycle import AUTHOR, CLOCK
from edem.services.petitions.charter import PetitionCharter
from edem.services.petitions.rules.lifecycle import LIFECYCLE, State, Step


@dataclass(frozen=True, kw_only=True)
class Regulation:
    """A charter of the community as it was in force from a moment."""

    version: int
    in_force_from: datetime
    charter: PetitionCharter


@dataclass(kw_only=True)
class Chronicle:
    """The petition's moments and steps, in the order in which they came."""

    created_at: datetime
    regulation: Regulation
    state: State = State.DRAFT
    steps: list[SampleStep[State, Step]] = field(default_factory=list)
    closes_at: datetime | None = None
    due_at: datetime | None = None
    warn_at: datetime | None = None
    answer_due_at: datetime | None = None

    def add(self, step: Step, at: datetime, *, note: str = "") -> None:
        transition = LIFECYCLE.transition(step, self.state)
        actor = next((each for each in (AUTHOR, CLOCK) if each in transition.by), None) or max(transition.by)
        self.steps.append(SampleStep.taken(transition, source=self.state, at=at, actor=actor, note=note))
        self.state = transition.target

    def at(self, step: Step) -> datetime | None:
        return last_at(self.steps, step)

    def when(self, step: Step) -> datetime:
        found = self.at(step)
        if found is None:
            raise LookupError(f"{step} did not happen")
        return found
