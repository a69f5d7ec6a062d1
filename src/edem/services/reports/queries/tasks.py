"""One task as the executor needs it on the street: where, what, what it looked like, until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from edem.foundation.people.models import Person
from edem.services.reports.models import Assignment, Photo, Report, WorkReport
from edem.services.reports.queries.cases import Picture, asked_of, pictures_of
from edem.services.reports.queries.photos import Undrawn, undrawn_of
from edem.services.reports.queries.queues import nearest_clock
from edem.services.reports.queries.task_links import OpenTask
from edem.services.reports.rules.lifecycle import AT_WORK, State

MOST = 100


@dataclass(frozen=True, kw_only=True)
class Task:
    report: Report
    organisation: str
    name: str
    """Who does it."""
    questions: Sequence[tuple[str, str]]
    before: Sequence[Picture]
    after: Sequence[Picture]
    undrawn: Undrawn
    said: Sequence[WorkReport]
    due_at: datetime | None
    until: datetime | None
    """When the link ends; none for an account."""
    is_at_work: bool
    as_of: datetime

    @property
    def route(self) -> str:
        """A telephone opens its own map by it (RFC 5870)."""
        if self.report.lat is None or self.report.lon is None:
            return ""
        here = f"{self.report.lat:.6f},{self.report.lon:.6f}"
        return f"geo:{here}?q={here}"

    @property
    def map_address(self) -> str:
        """For whoever has no map program: the way there, on a site that needs no account."""
        if self.report.lat is None or self.report.lon is None:
            return ""
        return f"https://www.openstreetmap.org/directions?to={self.report.lat:.6f}%2C{self.report.lon:.6f}"


@dataclass(frozen=True, kw_only=True)
class TaskLine:
    report: Report
    due_at: datetime | None
    is_done: bool


def tasks_of(person: Person, community_id: int) -> list[TaskLine]:
    """What this person was appointed to, the nearest term first; what is reported done comes last."""
    held = Assignment.objects.filter(executor=person, returned_at=None, closed_at=None, report__state__in=AT_WORK)
    rows = held.filter(report__community_id=community_id).select_related("report").order_by("report__due_at", "pk")
    lines = [
        TaskLine(report=each.report, due_at=nearest_clock(each.report, each)[1], is_done=each.reported_at is not None)
        for each in rows[:MOST]
    ]
    return sorted(lines, key=lambda line: line.is_done)


def task_by_link(found: OpenTask, *, now: datetime) -> Task:
    return task_of(found.report, found.held, now=now, until=found.link.expires_at, name=found.link.name)


def task_of(report: Report, held: Assignment, *, now: datetime, until: datetime | None = None, name: str = "") -> Task:
    before, after = pictures_of(report)
    return Task(
        report=report,
        organisation=held.organisation.name,
        name=name or held.executor_name,
        questions=asked_of(report),
        before=before,
        after=after,
        undrawn=undrawn_of(report, stage=Photo.Stage.AFTER),
        said=list(held.work_reports.order_by("at", "pk")),
        due_at=nearest_clock(report, held)[1],
        until=until,
        is_at_work=State(report.state) in AT_WORK and held.closed_at is None and held.returned_at is None,
        as_of=now,
    )
