"""Neighbours solve a problem themselves (§1.1, §3.2): when they may begin, what they must say. Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from edem.kernel.errors import Conflict, Invalid, NotAllowed
from edem.services.reports.rules.lifecycle import AT_WORK, State

PLAN_MIN: Final = 10
PLAN_MAX: Final = 3_000


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a self-help is."""

    is_agreed: bool
    is_declined: bool
    is_done: bool
    is_stopped: bool = False


def check_may_take(state: State, *, is_taken: bool) -> None:
    if state not in AT_WORK:
        raise Conflict("report.self_help_not_now")
    if is_taken:
        raise Conflict("report.self_help_known")


def check_plan(plan: str, *, meets_at: datetime | None, now: datetime) -> None:
    check_told(plan, field="plan")
    if meets_at is not None and meets_at <= now:
        raise Invalid("report.self_help_past", field="meets_at")


def check_told(text: str, *, field: str) -> None:
    if not PLAN_MIN <= len(text.strip()) <= PLAN_MAX:
        raise Invalid("report.self_help_plan", least=PLAN_MIN, most=PLAN_MAX, field=field)


def check_may_decide(standing: Standing) -> None:
    if standing.is_agreed or standing.is_declined:
        raise Conflict("report.self_help_decided")


def check_may_help(standing: Standing) -> None:
    if standing.is_declined or standing.is_done or standing.is_stopped:
        raise Conflict("report.self_help_not_now")


def check_may_tell(standing: Standing, *, leads: bool) -> None:
    if not leads:
        raise NotAllowed("report.self_help_leads")
    if not standing.is_agreed or standing.is_stopped:
        raise Conflict("report.self_help_not_agreed")
    if standing.is_done:
        raise Conflict("report.self_help_done")


def check_may_stop(state: State, standing: Standing, *, leads: bool, moderates: bool) -> None:
    """Whoever leads says that they cannot; the moderator, that nothing happens. What is done is looked at instead."""
    if not leads and not moderates:
        raise NotAllowed("report.self_help_stops")
    if state not in AT_WORK or standing.is_declined or standing.is_stopped:
        raise Conflict("report.self_help_over")
    if standing.is_done and not moderates:
        raise Conflict("report.self_help_done")


def check_may_return(state: State, standing: Standing) -> None:
    """The moderator has looked: it is not done yet."""
    if state not in AT_WORK or not standing.is_done or standing.is_stopped:
        raise Conflict("report.self_help_over")
