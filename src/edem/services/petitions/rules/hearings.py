"""Public hearings: when they may be appointed, and when an answer waits for them (decision 0009). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from edem.kernel.deadlines import Term, WorkingCalendar, ends_at
from edem.kernel.errors import Conflict, Invalid
from edem.kernel.lifecycle import StateLook
from edem.kernel.ukrainian import N_
from edem.services.petitions.rules.lifecycle import MAYOR, OFFICER, State

APPOINTS: Final = OFFICER | MAYOR
HEARD_IN: Final = frozenset({State.HANDED_OVER, State.CONSIDERATION})
MOST_MINUTES: Final = 24 * 60
HTTPS: Final = "https://"


class Standing(StrEnum):
    APPOINTED = "appointed"
    HELD = "held"
    CANCELLED = "cancelled"
    DECLINED = "declined"
    """Asked for in the petition, and refused in public with a reason."""


class Change(StrEnum):
    APPOINTED = "appointed"
    MOVED = "moved"
    HELD = "held"
    CANCELLED = "cancelled"
    DECLINED = "declined"


STANDINGS: Final = {
    Standing.APPOINTED: StateLook(label=N_("Слухання призначено"), tone="accepted", shape="●"),
    Standing.HELD: StateLook(label=N_("Слухання відбулися"), tone="closed", shape="■", final=True),
    Standing.CANCELLED: StateLook(label=N_("Слухання скасовано"), tone="archive", shape="▢", final=True),
    Standing.DECLINED: StateLook(label=N_("Слухань не буде"), tone="archive", shape="▢", final=True),
}


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """When, where and about what."""

    starts_at: datetime
    minutes: int
    place: str
    online: str
    agenda: str


def earliest_start(notice: Term, now: datetime, calendar: WorkingCalendar) -> datetime:
    """The first moment for which people have been told early enough."""
    return ends_at(notice, now, calendar)


def check_appointment(
    wanted: Appointment, *, earliest: datetime, answer_due_at: datetime | None, now: datetime
) -> None:
    """The consideration term includes the hearing; a term that has run out already cannot hold it back any more."""
    if not wanted.place and not wanted.online:
        raise Invalid("petition.hearing_nowhere", field="place")
    if wanted.online and not wanted.online.startswith(HTTPS):
        raise Invalid("petition.hearing_address", field="online")
    if not wanted.agenda:
        raise Invalid("petition.hearing_without_agenda", field="agenda")
    if not 0 < wanted.minutes <= MOST_MINUTES:
        raise Invalid("petition.hearing_length", field="minutes")
    if wanted.starts_at < earliest:
        raise Invalid("petition.hearing_too_soon", earliest=earliest, field="day")
    if answer_due_at is not None and now < answer_due_at <= wanted.starts_at:
        raise Conflict("petition.hearing_after_term", due=answer_due_at, field="day")


def check_may_be_heard(state: State) -> None:
    if state not in HEARD_IN:
        raise Conflict("petition.hearing_not_now")


def check_appointed(standing: Standing) -> None:
    if standing is not Standing.APPOINTED:
        raise Conflict("petition.hearing_settled")


def check_held(starts_at: datetime, now: datetime) -> None:
    """What has not begun cannot have been held."""
    if now < starts_at:
        raise Conflict("petition.hearing_not_begun", starts=starts_at)


def check_may_answer(*, is_asked: bool, standings: Sequence[Standing]) -> None:
    """An answer waits for the hearing that was asked for or appointed: held, or given up in public with a reason."""
    if Standing.APPOINTED in standings:
        raise Conflict("petition.hearing_to_come")
    if is_asked and not standings:
        raise Conflict("petition.hearing_asked")
