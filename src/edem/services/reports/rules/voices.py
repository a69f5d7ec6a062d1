"""«Мене теж це стосується»: who may add a voice, and to what. Pure."""

from dataclasses import dataclass

from edem.kernel.errors import Conflict, NotAllowed
from edem.services.reports.charter import ReportCharter
from edem.services.reports.rules.lifecycle import AT_WORK, State


@dataclass(frozen=True, kw_only=True)
class Joiner:
    is_member: bool
    is_author: bool


def check_may_join(charter: ReportCharter, state: State, joiner: Joiner) -> None:
    if state not in AT_WORK:
        raise Conflict("report.voices_closed")
    if joiner.is_author:
        raise Conflict("report.your_own")
    if not charter.voices_open and not joiner.is_member:
        raise NotAllowed("report.members_join")


def check_may_merge(states: dict[int, State], *, lead: int) -> None:
    """What is under work may become one; what has ended stays what it was."""
    if len(states) < 2:  # noqa: PLR2004 - one alone is no incident
        raise Conflict("report.nothing_to_merge")
    if lead not in states or any(state not in AT_WORK for state in states.values()):
        raise Conflict("report.merged_at_work_only")
