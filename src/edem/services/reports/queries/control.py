"""The control body's board: every report by the term that waits, overdue first (the act, §4.2–4.4)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import F, QuerySet

from edem.foundation.communities.models import Community
from edem.kernel.lifecycle import StateLook
from edem.services.reports.models import Assignment, Report
from edem.services.reports.models.report import AT_WORK
from edem.services.reports.queries.informing import first_uninformed, late_uninformed
from edem.services.reports.rules.lifecycle import STATES, State
from edem.services.reports.rules.terms import CLOCK_LABELS, ClockName
from edem.ui.pagination.long_lists import counted_up_to

SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One report and the term that waits for somebody."""

    report: Report
    look: StateLook
    holder: str
    due_at: datetime | None
    is_late: bool
    was_resent: bool
    is_unseen: bool = False
    """Nobody of the organisation has opened it yet (the act, §4.1: at least once a day)."""


@dataclass(frozen=True, kw_only=True)
class Column:
    code: str
    label: str
    rows: Sequence[Waiting]
    late: int
    late_is_more: bool
    """There are more than were counted."""
    is_cut: bool


def board_of(community: Community, *, organisation_id: int | None, now: datetime) -> Sequence[Column]:
    reports = {
        ClockName.ACCEPT: (to_accept(community), "accept_due_at"),
        ClockName.EXPLAIN: (to_explain(community), "explain_due_at"),
    }
    columns = [informing(community, organisation_id, now=now)]
    for clock, (found, field) in reports.items():
        chosen = found.filter(organisation_id=organisation_id) if organisation_id else found
        columns.append(report_column(clock, chosen, field, now=now))
    return columns if organisation_id else [nobodys_column(community, now=now), *columns]


def to_accept(community: Community) -> QuerySet[Report]:
    """Three working days."""
    found = Report.objects.filter(community=community, state="open", accept_due_at__isnull=False)
    return found.select_related("organisation").defer("text", "result_text").order_by("accept_due_at", "pk")


def to_explain(community: Community) -> QuerySet[Report]:
    """Thirty days."""
    found = Report.objects.filter(AT_WORK, community=community, explained_at=None, explain_due_at__isnull=False)
    return found.select_related("organisation").defer("text", "result_text").order_by("explain_due_at", "pk")


def held_by_nobody(community: Community) -> QuerySet[Report]:
    """The matrix knew nobody, or everybody gave it back; neighbours' own work waits for no organisation."""
    found = Report.objects.filter(AT_WORK, community=community, organisation=None, self_organised=False, follows=None)
    return found.defer("text", "result_text").order_by(F("due_at").asc(nulls_last=True), "pk")


def informing(community: Community, organisation_id: int | None, *, now: datetime) -> Column:
    """One working day, which each organisation has of its own."""
    first = first_uninformed(community, organisation_id, limit=SHOWN + 1)
    rows = [
        replace(
            waiting(each.report, each.organisation.name, each.inform_due_at, now=now, was_resent=bool(each.resent_at)),
            is_unseen=each.seen_at is None,
        )
        for each in first
    ]
    late, is_more = late_uninformed(community, organisation_id, now=now)
    return column(ClockName.INFORM, CLOCK_LABELS[ClockName.INFORM], rows, late, is_more=is_more)


def report_column(clock: ClockName, found: QuerySet[Report], field: str, *, now: datetime) -> Column:
    reports = list(found[: SHOWN + 1])
    resent = resent_among([each.pk for each in reports])
    rows = [
        waiting(each, holder_of(each), getattr(each, field), now=now, was_resent=each.pk in resent) for each in reports
    ]
    late, is_more = counted_up_to(found.filter(**{f"{field}__lte": now}))
    return column(clock, CLOCK_LABELS[clock], rows, late, is_more=is_more)


def nobodys_column(community: Community, *, now: datetime) -> Column:
    found = held_by_nobody(community)
    rows = [waiting(each, "", each.due_at, now=now, was_resent=False) for each in found[: SHOWN + 1]]
    late, is_more = counted_up_to(found.filter(due_at__lte=now))
    return column("nobody", "", rows, late, is_more=is_more)


def column(code: str, label: str, rows: Sequence[Waiting], late: int, *, is_more: bool) -> Column:
    return Column(code=code, label=label, rows=rows[:SHOWN], late=late, late_is_more=is_more, is_cut=len(rows) > SHOWN)


def waiting(report: Report, holder: str, due_at: datetime | None, *, now: datetime, was_resent: bool) -> Waiting:
    return Waiting(
        report=report,
        look=STATES[State(report.state)],
        holder=holder,
        due_at=due_at,
        is_late=due_at is not None and due_at <= now,
        was_resent=was_resent,
    )


def resent_among(report_ids: Sequence[int]) -> set[int]:
    held = Assignment.objects.filter(
        report_id__in=report_ids, resent_at__isnull=False, returned_at=None, closed_at=None
    )
    return set(held.order_by().values_list("report_id", flat=True))


def holder_of(report: Report) -> str:
    return report.organisation.name if report.organisation else ""
