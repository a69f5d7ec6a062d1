"""The queue of an organisation: what it holds, the nearest term first. Each part is one short walk along an index."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from edem.kernel.lifecycle import StateLook
from edem.services.reports.models import Assignment, Report, ReportCategory
from edem.services.reports.queries.categories import titles_of
from edem.services.reports.rules.lifecycle import AT_WORK, ENDED, STATES, State
from edem.services.reports.rules.terms import CLOCK_LABELS, ClockName

PAGE: Final = 50
MOST_PAGES: Final = 20
"""Whoever needs the thousand and first needs a filter."""
COUNTED: Final = 100
_NEVER: Final = datetime.max.replace(tzinfo=UTC)
_UNREAD: Final = ("text", "answers", "result_text")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    state: str = ""
    category: str = ""
    text: str = ""
    is_overdue: bool = False
    executor_id: UUID | None = None
    """Only what this person is to do."""


@dataclass(frozen=True, kw_only=True)
class QueueRow:
    report: Report
    held: Assignment | None
    category: str
    clock: ClockName | None
    due_at: datetime | None
    is_overdue: bool

    @property
    def look(self) -> StateLook:
        return STATES[State(self.report.state)]

    @property
    def waits_for(self) -> str:
        return CLOCK_LABELS[self.clock] if self.clock else ""


@dataclass(frozen=True, kw_only=True)
class QueuePage:
    rows: Sequence[QueueRow]
    number: int
    has_next: bool
    counts: dict[str, int] = field(default_factory=dict)


def queue_of(organisation_id: int, wanted: Wanted, *, now: datetime, number: int = 1) -> QueuePage:
    """Overdue first. What ended comes newest first."""
    page = min(max(number, 1), MOST_PAGES)
    limit = page * PAGE + 1
    found = _found(organisation_id, wanted, limit=limit, now=now)
    held = _held(organisation_id, found)
    community_id = found[0].community_id if found else 0
    titles = titles_of(community_id) if found else {}
    rows = [_row(each, held.get(each.pk), titles.get((each.category_codes or [""])[0], ""), now) for each in found]
    if wanted.state not in ENDED:
        rows.sort(key=lambda row: (row.due_at or _NEVER, row.report.pk))
    start = (page - 1) * PAGE
    return QueuePage(
        rows=rows[start : start + PAGE],
        number=page,
        has_next=len(rows) > start + PAGE and page < MOST_PAGES,
        counts=counts_of(organisation_id, now=now),
    )


def counts_of(organisation_id: int, *, now: datetime) -> dict[str, int]:
    """Up to a hundred of each: beyond that the number says nothing more."""
    own = Report.objects.filter(organisation_id=organisation_id).order_by("due_at", "pk")
    return {
        "open": _up_to(own.filter(state=State.OPEN)),
        "overdue": min(COUNTED, sum(_up_to(own.filter(state=state, due_at__lte=now)) for state in sorted(AT_WORK))),
        "uninformed": _up_to(_uninformed(organisation_id)),
    }


def _found(organisation_id: int, wanted: Wanted, *, limit: int, now: datetime) -> list[Report]:
    found: dict[int, Report] = {}
    for part in _parts(organisation_id, wanted, now=now):
        for each in part[:limit]:
            found.setdefault(each.pk, each)
    return list(found.values())


def _parts(organisation_id: int, wanted: Wanted, *, now: datetime) -> Iterator["QuerySet[Report]"]:
    """Main holds by state along `report_by_holder`; those whose head is not told yet; those where it only helps."""
    narrowed = _narrowed(wanted, now=now)
    own = Report.objects.filter(narrowed, organisation_id=organisation_id).defer(*_UNREAD)
    if wanted.state in ENDED:
        yield own.filter(state=wanted.state).order_by("-closed_at", "-pk")
        return
    for state in [wanted.state] if wanted.state else sorted(AT_WORK):
        yield own.filter(state=state).order_by("due_at", "pk")
    states = [wanted.state] if wanted.state else sorted(AT_WORK)
    others = Report.objects.filter(narrowed, pk__in=_others(organisation_id), state__in=states)
    yield others.defer(*_UNREAD).order_by("due_at", "pk")


def _others(organisation_id: int) -> set[int]:
    """Read apart: a planner that sees both questions at once reads every report that is at work."""
    parts = _uninformed(organisation_id), _helping(organisation_id)
    return {pk for part in parts for pk in part.values_list("report_id", flat=True)[: MOST_PAGES * PAGE]}


def _narrowed(wanted: Wanted, *, now: datetime) -> Q:
    narrowed = Q()
    if wanted.category:
        under = Q(category__code=wanted.category) | Q(category__code__startswith=f"{wanted.category}.")
        narrowed &= Q(Exists(ReportCategory.objects.filter(under, report=OuterRef("pk"))))
    if wanted.text:
        number = Q(number=int(wanted.text)) if wanted.text.isdecimal() and len(wanted.text) < 10 else Q()  # noqa: PLR2004 - INT
        words = Q(title__icontains=wanted.text) | Q(address__icontains=wanted.text)
        narrowed &= (number | words) if number else words
    if wanted.is_overdue:
        narrowed &= Q(due_at__lte=now)
    if wanted.executor_id is not None:
        narrowed &= Q(
            pk__in=Assignment.objects.filter(executor_id=wanted.executor_id, returned_at=None, closed_at=None).values(
                "report_id"
            )
        )
    return narrowed


def _open(organisation_id: int) -> "QuerySet[Assignment]":
    return Assignment.objects.filter(organisation_id=organisation_id, returned_at=None, closed_at=None)


def _uninformed(organisation_id: int) -> "QuerySet[Assignment]":
    waiting = _open(organisation_id).filter(head_informed_at=None, accepted_at=None)
    return waiting.order_by("inform_due_at", "pk")


def _helping(organisation_id: int) -> "QuerySet[Assignment]":
    return _open(organisation_id).filter(is_main=False).order_by("sent_at", "pk")


def _held(organisation_id: int, reports: Iterable[Report]) -> dict[int, Assignment]:
    """The organisation's last hold of each."""
    rows = Assignment.objects.filter(organisation_id=organisation_id, report_id__in=[each.pk for each in reports])
    return {each.report_id: each for each in rows.order_by("sent_at", "pk")}


def _row(report: Report, held: Assignment | None, category: str, now: datetime) -> QueueRow:
    clock, due_at = nearest_clock(report, held)
    return QueueRow(
        report=report,
        held=held,
        category=category,
        clock=clock,
        due_at=due_at,
        is_overdue=due_at is not None and due_at <= now,
    )


def nearest_clock(report: Report, held: Assignment | None) -> tuple[ClockName | None, datetime | None]:
    """What must be done first, and till when: tell the head, accept, solve or explain."""
    running: list[tuple[datetime, ClockName]] = []
    if State(report.state) not in AT_WORK:
        return None, None
    waits = held is not None and held.head_informed_at is None and held.accepted_at is None
    if waits and held is not None and held.inform_due_at is not None and held.returned_at is None:
        running.append((held.inform_due_at, ClockName.INFORM))
    if report.state == State.OPEN and report.accept_due_at is not None:
        running.append((report.accept_due_at, ClockName.ACCEPT))
    if report.explained_at is None and report.explain_due_at is not None:
        running.append((report.explain_due_at, ClockName.EXPLAIN))
    if not running:
        return None, None
    due_at, clock = min(running)
    return clock, due_at


def _up_to(found: "QuerySet[Report] | QuerySet[Assignment]") -> int:
    return len(found.values_list("pk", flat=True)[:COUNTED])
