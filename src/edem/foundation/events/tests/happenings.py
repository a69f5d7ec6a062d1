"""Events, readers and scheduled jobs for the tests of this folder; registered once, as a service's are."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from edem.foundation.events import announce, at_its_moment, daily, event, every, reacts_to
from edem.kernel.errors import Conflict


@event
@dataclass(frozen=True)
class LampLit:
    lamp_id: int
    closes_at: datetime | None = None


@event
@dataclass(frozen=True)
class LampBroken:
    lamp_id: int


@event
@dataclass(frozen=True, kw_only=True)
class EveryKind:
    number: int
    text: str
    person: UUID
    at: datetime
    day: date
    yes: bool
    perhaps: str | None


@event
@dataclass(frozen=True)
class LampSwapped:
    lamp_id: int


@event
@dataclass(frozen=True)
class LampLost:
    lamp_id: int


CALLS: list[tuple[object, ...]] = []


@reacts_to(LampLit)
def tell_neighbours(fact: LampLit, now: datetime) -> None:
    CALLS.append(("told", fact.lamp_id, now))


@reacts_to(LampLit)
def count_lamps(fact: LampLit) -> None:
    CALLS.append(("counted", fact.lamp_id))


@reacts_to(LampBroken)
def mend(fact: LampBroken, now: datetime) -> None:
    CALLS.append(("tried", fact.lamp_id))
    raise Conflict("lamp.gone")


@at_its_moment(LampLit, moment="closes_at")
def put_out(fact: LampLit, now: datetime) -> None:
    CALLS.append(("put out", fact.lamp_id, now))


@at_its_moment(LampLit, moment="closes_at")
@daily(at="00:05")
def sweep(now: datetime) -> None:
    CALLS.append(("swept", now))


@every(minutes=5)
def look_around(now: datetime) -> None:
    CALLS.append(("looked", now))


@reacts_to(LampSwapped)
def break_the_old_one(fact: LampSwapped, now: datetime) -> None:
    with transaction.atomic():
        announce(LampBroken(fact.lamp_id))


@reacts_to(LampLost)
def look_for_it(fact: LampLost, now: datetime) -> None:
    raise ConnectionError("nobody answers")
