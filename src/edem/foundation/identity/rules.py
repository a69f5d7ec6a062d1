"""Who may act for a community: membership and age, asked as facts. Pure (law on citizens' appeals, art. 23-1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A person's place in one community at one moment."""

    is_member: bool = False
    since: datetime | None = None
    settlement_code: str = ""
    basis: str = ""
    assurance: str = ""
    age: int | None = None
    holds_until: datetime | None = None
    """When the proof runs out, if it does."""


NOBODY = Standing()


class Reason(StrEnum):
    """Why one may not act; OK when one may."""

    OK = "ok"
    NOT_MEMBER = "not_member"
    MEMBER_TOO_SHORT = "member_too_short"
    AGE_UNKNOWN = "age_unknown"
    TOO_YOUNG = "too_young"
    METHOD_TOO_WEAK = "method_too_weak"


@dataclass(frozen=True, kw_only=True)
class Eligibility:
    reason: Reason
    basis: str = ""
    age_from: int = 0
    member_days: int = 0

    @property
    def may(self) -> bool:
        return self.reason is Reason.OK


def eligibility(
    standing: Standing, now: datetime, *, age_from: int = 0, member_days: int = 0, assurances: Sequence[str] = ()
) -> Eligibility:
    """The first thing that is missing, in the order a person can mend it; the numbers come from the charter."""
    return Eligibility(
        reason=_first_missing(standing, now, age_from, member_days, assurances),
        basis=standing.basis,
        age_from=age_from,
        member_days=member_days,
    )


def _first_missing(
    standing: Standing, now: datetime, age_from: int, member_days: int, assurances: Sequence[str]
) -> Reason:
    if not standing.is_member or standing.since is None:
        return Reason.NOT_MEMBER
    if standing.since + timedelta(days=member_days) > now:
        return Reason.MEMBER_TOO_SHORT
    if age_from and standing.age is None:
        return Reason.AGE_UNKNOWN
    if standing.age is not None and standing.age < age_from:
        return Reason.TOO_YOUNG
    if assurances and standing.assurance not in assurances:
        return Reason.METHOD_TOO_WEAK
    return Reason.OK
