"""Mass acts: what thousands may do at once, and what becomes of each one's act (design §3.3)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from edem.foundation.intake.figures import count_form
from edem.foundation.intake.passes import ActPass
from edem.kernel.errors import Refused


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one act: taken, or the refusal its caller gets. `facts` travel to the page as JSON."""

    refusal: Refused | None = None
    facts: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def refused(cls, refusal: Refused) -> "Outcome":
        return cls(refusal=refusal)


TAKEN = Outcome()

Action = Callable[[Sequence[Any]], Mapping[Any, Outcome]]
Make = Callable[[ActPass, int, Any, datetime], Any]


@dataclass(frozen=True, kw_only=True)
class MassAct:
    """One kind of mass act: POST /<community>/acts/<name> with a JSON body.

    `make(pass, community_id, body, arrived_at)` reads one request into an item (hashable, told apart by value) or
    refuses it; `act(batch)` is the service's set-based action; `thanks` is what the person reads when it is taken.
    """

    name: str
    make: Make
    act: Action
    thanks: str
    largest_form: int = 0
    """Bytes: `make` is given a `multipart.SentForm` instead, for such an act comes with files."""


_ACTS: dict[str, MassAct] = {}


def register(mass_act: MassAct) -> None:
    """Called once per act when the manifests are read."""
    known = _ACTS.setdefault(mass_act.name, mass_act)
    if known != mass_act:
        raise ValueError(f"Two mass acts are called {mass_act.name!r}")


def act_named(name: str) -> MassAct | None:
    return _ACTS.get(name)


def take_one(action: Action, item: Any) -> Outcome:
    """The same action with a batch of one, on the caller's own connection; raises its refusal."""
    outcome = action([item])[item]
    count_form(_name_of(action), outcome.refusal)
    if outcome.refusal is not None:
        raise outcome.refusal
    return outcome


def _name_of(action: Action) -> str:
    return next((each.name for each in _ACTS.values() if each.act is action), getattr(action, "__name__", "act"))
