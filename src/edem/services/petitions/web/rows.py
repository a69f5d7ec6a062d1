"""A petition as one row of a list."""

from dataclasses import dataclass
from datetime import datetime

from edem.kernel.deadlines import days_left
from edem.kernel.lifecycle import StateLook
from edem.services.petitions.models import Petition
from edem.services.petitions.queries.pages import state_now, total_of
from edem.services.petitions.rules.lifecycle import STATES, State


@dataclass(frozen=True, kw_only=True)
class Row:
    petition: Petition
    look: StateLook
    count: int
    is_collecting: bool
    days_left: int
    ends_today: bool


def row_of(petition: Petition, *, now: datetime) -> Row:
    state = state_now(petition, now)
    collecting = state is State.COLLECTING
    left = days_left(petition.closes_at, now) if petition.closes_at else 0
    return Row(
        petition=petition,
        look=STATES[state],
        count=total_of(petition),
        is_collecting=collecting,
        days_left=left,
        ends_today=collecting and left == 0,
    )
